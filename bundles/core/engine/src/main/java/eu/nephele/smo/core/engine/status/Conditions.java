// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.status;

import eu.nephele.smo.api.model.Condition;
import eu.nephele.smo.api.model.Condition.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the conditions of one pass; a condition whose status stays keeps the time of its last transition. */
public final class Conditions {

    private final Map<String, Condition> conditions = new LinkedHashMap<>();
    private final Instant now;
    private final long generation;

    Conditions(List<Condition> last, Instant now, long generation) {
        last.forEach(condition -> conditions.put(condition.type(), condition));
        this.now = now;
        this.generation = generation;
    }

    public Conditions set(String type, boolean holds, String reason, String message) {
        Status status = holds ? Status.TRUE : Status.FALSE;
        Condition last = conditions.get(type);
        Instant since = last != null && last.status() == status ? last.lastTransitionTime() : now;
        conditions.put(type, new Condition(type, status, reason, message, since, generation));
        return this;
    }

    /** A condition that is unknown now. */
    public Conditions drop(String type) {
        conditions.remove(type);
        return this;
    }

    List<Condition> list() {
        return new ArrayList<>(conditions.values());
    }
}
