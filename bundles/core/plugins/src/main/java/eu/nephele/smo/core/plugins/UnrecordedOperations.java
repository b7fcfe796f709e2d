// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.Operation;
import eu.nephele.smo.api.runtime.Operation.Kind;
import eu.nephele.smo.api.runtime.Operation.State;
import eu.nephele.smo.api.runtime.Operation.Times;
import eu.nephele.smo.api.runtime.RequestOrigin;
import eu.nephele.smo.api.runtime.ResourceRef;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Operations without a request, which are not published: plugins that are restored after a restart. */
final class UnrecordedOperations {

    private UnrecordedOperations() {}

    static PluginOperation unseen(String plugin, Clock clock) {
        Instant now = clock.instant();
        Operation operation = new Operation(
                "",
                Kind.INSTALL_PLUGIN,
                ResourceRef.plugin(plugin),
                State.RUNNING,
                0,
                0,
                RequestOrigin.INTERNAL,
                Times.from(now),
                List.of(),
                List.of(),
                Optional.empty(),
                "");
        return new PluginOperation(operation, (nobody, mayBeTold) -> mayBeTold.run(), clock);
    }
}
