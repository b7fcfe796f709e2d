// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.graph;

import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.LifecyclePolicy;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.descriptor.DescriptorSource;
import eu.nephele.smo.core.contract.descriptor.LintReport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Restores graphs without anything in them, and counts them. */
record CountingReader(AtomicInteger read) implements DescriptorReader {

    @Override
    public DescriptorSource read(String project, byte[] body, Format format) {
        throw new UnsupportedOperationException();
    }

    @Override
    public LintReport lint(String project, byte[] body, Format format) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Graph restore(String project, JsonObject descriptor) {
        return new Graph(
                new GraphId(project, "g" + read.incrementAndGet()),
                "",
                false,
                Map.of(),
                List.of(),
                List.of(),
                StrategySelection.UNSPECIFIED,
                StrategySelection.UNSPECIFIED,
                LifecyclePolicy.STANDARD,
                Graph.STANDARD_PRIORITY,
                descriptor);
    }

    @Override
    public JsonObject schema() {
        throw new UnsupportedOperationException();
    }
}
