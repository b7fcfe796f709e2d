// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.graph;

import eu.nephele.smo.api.model.Placement.Share;
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

    /** What is done. */
    public enum Action {
        /** a release that is not there is installed */
        INSTALL,
        /** artifact or values of a release change where it is */
        UPGRADE,
        /** a service goes to another cluster */
        MOVE,
        /** replicas change where they are */
        SCALE,
        /** a release is removed */
        REMOVE,
        /** a conditional service waits for its event: alert rules are made */
        WATCH,
        /** a graph leaves a cluster that is emptied */
        EVACUATE,
        /** a plugin is looked at before any of its code runs */
        ADMIT,
        /** a plugin starts */
        START,
        /** what a plugin offers is examined by the conformance kit */
        EXAMINE,
        /** a plugin decides recent decisions again, without being followed */
        REHEARSE,
        /** a plugin takes over */
        SWITCH,
        /** the first decisions of a plugin are watched */
        PROVE
    }
}
