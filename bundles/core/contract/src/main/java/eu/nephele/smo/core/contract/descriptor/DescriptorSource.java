// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.descriptor;

import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.model.Graph;
import java.util.List;

/** Content of a request body. */
public sealed interface DescriptorSource {

    /** @return selections and settings of the body beside the descriptor */
    StrategyOverride override();

    /** @param warnings what is accepted and yet worth saying */
    record Inline(Graph graph, StrategyOverride override, List<String> warnings) implements DescriptorSource {
        public Inline {
            warnings = List.copyOf(warnings);
        }
    }

    /** @param reference where the descriptor is: {@code oci://…}, {@code http://…}, {@code https://…} */
    record ByReference(String reference, StrategyOverride override) implements DescriptorSource {}
}
