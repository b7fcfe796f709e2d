// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.scaling.predictive;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Services that call each other in a circle, directly or through others: the strongly connected components of the calls (Tarjan).
 *
 * @param <S> what stands for a service
 */
final class CallerCircles<S> {

    private final Function<S, List<S>> callers;
    private final Map<S, Integer> order = new HashMap<>();
    private final Map<S, Integer> circles = new HashMap<>();
    private final Deque<S> open = new ArrayDeque<>();

    CallerCircles(Collection<S> services, Function<S, List<S>> callers) {
        this.callers = callers;
        services.forEach(this::visit);
    }

    /** Whether calls lead from each of them to the other one; a service is in a circle with itself. */
    boolean together(S one, S other) {
        return one.equals(other)
                || (circles.containsKey(one) && circles.get(one).equals(circles.get(other)));
    }

    /** @return the earliest service that can be reached and whose circle is not complete */
    private int visit(S service) {
        Integer seen = order.get(service);
        if (seen != null) {
            return circles.containsKey(service) ? Integer.MAX_VALUE : seen;
        }
        int number = order.size();
        order.put(service, number);
        open.push(service);
        int earliest = number;
        for (S caller : callers.apply(service)) {
            earliest = Math.min(earliest, visit(caller));
        }
        if (earliest == number) {
            S member = open.pop();
            circles.put(member, number);
            while (!member.equals(service)) {
                member = open.pop();
                circles.put(member, number);
            }
        }
        return earliest;
    }
}
