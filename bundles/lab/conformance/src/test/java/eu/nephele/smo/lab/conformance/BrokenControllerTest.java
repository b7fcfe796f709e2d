// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.conformance;

import static eu.nephele.smo.lab.conformance.Verdicts.fails;
import static org.assertj.core.api.Assertions.assertThat;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Reconciliation;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceController;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.lab.conformance.kit.ConformanceKit;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Findings of the kit about controllers. */
class BrokenControllerTest {

    private static final String SAYS = "says what its resources look like";

    private static ConformanceReport examined(Supplier<ResourceKind> kind) {
        ResourceController controller = new ResourceController() {
            @Override
            public ResourceKind kind() {
                return kind.get();
            }

            @Override
            public Reconciled reconcile(Resource resource, Reconciliation call) {
                return Reconciled.ready(JsonObject.EMPTY);
            }
        };
        return ConformanceKit.standard().examine(controller, Map.of(ResourceController.KIND, "rack"));
    }

    private static ResourceKind kind(String name, Set<String> fields) {
        return new ResourceKind(name, ResourceKind.Scope.PROJECT, 1, "{}", fields);
    }

    @Test
    void aCorrectControllerPasses() {
        ConformanceReport report = examined(() -> kind("rack", Set.of("/slots")));
        assertThat(report.checks())
                .allSatisfy(check -> assertThat(check.result()).isEqualTo(Check.Result.PASSED));
        assertThat(report.subject()).startsWith("controller of resources rack");
    }

    @Test
    void aNameThatDoesNotAgreeIsFound() {
        fails(examined(() -> kind("shelf", Set.of())), SAYS, "kind() is called shelf");
    }

    @Test
    void aFieldThatIsNoPointerIsFound() {
        fails(examined(() -> kind("rack", Set.of("slots"))), SAYS, "'slots' is no JSON pointer");
    }

    @Test
    void aControllerThatThrowsFailsTheCheck() {
        fails(
                examined(() -> {
                    throw new IllegalStateException("no file");
                }),
                SAYS,
                "no file");
    }

    @Test
    void aControllerWithChangingAnswersFailsTheCheck() {
        int[] version = {0};
        fails(
                examined(() -> new ResourceKind("rack", ResourceKind.Scope.PROJECT, ++version[0], "{}", Set.of())),
                "says the same again",
                "differently each time");
    }
}
