// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.check;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyRef;
import eu.nephele.smo.core.descriptor.mapping.LenientFields;
import eu.nephele.smo.core.descriptor.mapping.SelectionMapper;

final class StrategyRules {

    private final StrategyCatalog catalog;
    private final ValidationFindings findings;

    StrategyRules(StrategyCatalog catalog, ValidationFindings findings) {
        this.catalog = catalog;
        this.findings = findings;
    }

    void checkOverride(LenientFields body) {
        checkBoth(body.json("override"), "/override");
    }

    void checkGraph(LenientFields graph, DescriptorServices services) {
        checkBoth(graph.json("strategies"), DescriptorPointers.GRAPH + "/strategies");
        services.forEach((index, service) -> checkOne(
                StrategyRef.SCALING,
                service.json("scaling"),
                "strategy",
                DescriptorPointers.service(index) + "/scaling/strategy"));
    }

    private void checkBoth(JsonObject strategies, String place) {
        checkOne(StrategyRef.PLACEMENT, strategies, "placement", place + "/placement");
        checkOne(StrategyRef.SCALING, strategies, "scaling", place + "/scaling");
    }

    private void checkOne(String kind, JsonObject parent, String name, String pointer) {
        if (parent.get(name).isPresent() && findings.cleanAt(pointer)) {
            findings.addAll(catalog.check(kind, SelectionMapper.selection(parent, name), pointer));
        }
    }
}
