// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.page;

import eu.nephele.smo.api.runtime.Operation;

sealed interface ActionOutcome {

    record Done(String text) implements ActionOutcome {}

    /** The action is in progress, or has ended in the meantime. */
    record Started(Operation operation) implements ActionOutcome {}

    /** Graphs use the plugin. The version is "" for all, {@code why} is "" when the core was not called. */
    record ConfirmationRequired(String action, String id, String version, String why) implements ActionOutcome {}
}
