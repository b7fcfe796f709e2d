// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.events;

import eu.nephele.smo.core.contract.quota.OpenStreams;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Open streams of each project. A component of its own, without references: quotas ask it, and streams ask for quotas.
 */
@Component(service = {StreamTally.class, OpenStreams.class})
public final class StreamTally implements OpenStreams {

    private final Map<String, Integer> byProject = new HashMap<>();

    @Activate
    public StreamTally() {}

    synchronized void add(Set<String> projects) {
        projects.forEach(project -> byProject.merge(project, 1, Integer::sum));
    }

    synchronized void remove(Set<String> projects) {
        projects.forEach(project -> byProject.computeIfPresent(project, (name, open) -> open == 1 ? null : open - 1));
    }

    @Override
    public synchronized long openOf(String project) {
        return byProject.getOrDefault(project, 0);
    }
}
