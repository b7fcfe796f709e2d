// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.graph;

import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.runtime.Operation.Action;
import java.util.List;

/**
 * One step outside that a change needs.
 *
 * @param action what is done
 * @param service to which service
 * @param from where it runs before; empty when it does not
 * @param to where it runs afterwards; empty when it does not, or where its chart decides
 * @param makeBeforeBreak for moves: whether the new place is ready before the old one ends
 * @param detail for people
 */
public record PlanStep(
        Action action, String service, List<Share> from, List<Share> to, boolean makeBeforeBreak, String detail) {

    public PlanStep {
        from = List.copyOf(from);
        to = List.copyOf(to);
    }
}
