// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.page;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.ops.console.html.Html;
import eu.nephele.smo.ops.console.html.Html.Fragment;
import java.util.List;

record OperationSection(Operation operation) implements Fragment {

    @Override
    public void write(Html html) {
        String error = operation.error().map(fault -> ": " + fault.message()).orElse("");
        String message = operation.message().isEmpty() ? "" : " – " + operation.message();
        html.element(
                "div",
                "%s %s %s%s%s"
                        .formatted(
                                PageFormats.lower(operation.kind()),
                                operation.plugin().orElse(""),
                                PageFormats.lower(operation.state()),
                                error,
                                message),
                "id",
                "smo-operation",
                "class",
                operation.state() == Operation.State.FAILED ? "smo-note smo-bad" : "smo-note",
                "data-state",
                operation.state().name());
        html.table(
                "smo-steps",
                List.of("Step", "Of", "State", "Detail"),
                operation.steps().stream()
                        .map(step -> List.of(
                                Html.textual(PageFormats.lower(step.action())),
                                Html.textual(step.subject()),
                                Html.textual(PageFormats.lower(step.state())),
                                Html.textual((step.detail() + " " + step.message()).strip())))
                        .toList(),
                "");
    }
}
