// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.page;

import eu.nephele.smo.api.runtime.Operation;

/** Outcome of an action. */
sealed interface ActionOutcome {

    /** It is done. */
    record Done(String text) implements ActionOutcome {}

    /** It is under way, or has ended in the meantime. */
    record Started(Operation operation) implements ActionOutcome {}

    /**
     * Graphs use the plugin: these are shown first.
     *
     * @param version "" for all
     * @param why what the core said, "" when it was not asked
     */
    record ConfirmationRequired(String action, String id, String version, String why) implements ActionOutcome {}
}
