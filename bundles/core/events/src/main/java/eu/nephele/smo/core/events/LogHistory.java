// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.events;

import eu.nephele.smo.api.event.EventHistory;
import eu.nephele.smo.api.event.SmoEvent;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.event.EventFilter;
import eu.nephele.smo.core.contract.event.EventLog;
import eu.nephele.smo.core.contract.event.EventLog.EventPage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The past as the log has it, read backwards until there is enough. */
@Component(service = EventHistory.class)
public final class LogHistory implements EventHistory {

    /** Events that are read at once. */
    private static final int WINDOW = 1000;

    private final EventLog log;

    @Activate
    public LogHistory(@Reference EventLog log) {
        this.log = log;
    }

    @Override
    public KeptEvents latest(Set<String> types, String project, long after, int limit, CallContext call) {
        EventFilter filter = new EventFilter(types, Set.of(project));
        long begin = Math.max(after, log.first() - 1);
        long end = log.last();
        long reached = Math.max(after, begin);
        boolean newest = true;
        Deque<SmoEvent> found = new ArrayDeque<>();
        while (end > begin && found.size() < limit) {
            long from = Math.max(begin, end - WINDOW);
            EventPage page = log.after(from, filter, (int) (end - from), call);
            if (newest) {
                // behind a hole, which closes in a moment, is what comes next
                reached = page.reached();
                newest = false;
            }
            for (int i = page.events().size() - 1; i >= 0 && found.size() < limit; i--) {
                found.addFirst(page.events().get(i));
            }
            end = from;
        }
        return new KeptEvents(List.copyOf(found), reached);
    }
}
