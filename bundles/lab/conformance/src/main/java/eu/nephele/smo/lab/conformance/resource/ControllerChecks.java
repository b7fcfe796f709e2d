// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance.resource;

import eu.nephele.smo.api.model.AnswerLimits;
import eu.nephele.smo.api.runtime.ResourceController;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.lab.conformance.run.ExaminationSession;
import eu.nephele.smo.lab.conformance.run.FlawException;
import eu.nephele.smo.lab.conformance.run.NamedCheck;
import java.util.List;

/** Checks of a controller: of its own description only, since it acts on outside systems. */
public final class ControllerChecks {

    private static final long LIMIT_MILLIS = 1000;

    private final ResourceController controller;
    private final List<String> names;

    public ControllerChecks(ResourceController controller, List<String> names) {
        this.controller = controller;
        this.names = names;
    }

    public List<NamedCheck> all() {
        return List.of(
                new NamedCheck("says what its resources look like", this::saysItsKind),
                new NamedCheck("says the same again", this::saysTheSameAgain));
    }

    private ResourceKind kind(ExaminationSession session) {
        return session.examine(LIMIT_MILLIS, "kind()", controller::kind);
    }

    private String saysItsKind(ExaminationSession session) {
        ResourceKind kind = kind(session);
        if (!names.isEmpty() && !names.equals(List.of(kind.name()))) {
            throw new FlawException(
                    "kind() is called %s, the service property %s is %s; a server uses one whose names agree"
                            .formatted(kind.name(), ResourceController.KIND, String.join(", ", names)));
        }
        AnswerLimits.flaw("the schema of kind()", kind.schema(), AnswerLimits.SCHEMA_CHARACTERS)
                .ifPresent(flaw -> {
                    throw new FlawException(flaw);
                });
        return kind.name();
    }

    private String saysTheSameAgain(ExaminationSession session) {
        if (!kind(session).equals(kind(session))) {
            throw new FlawException(
                    "kind() answers differently each time; what was accepted by the one is wrong by the other");
        }
        return "twice";
    }
}
