// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.check;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyCatalog.InstalledIntent;
import eu.nephele.smo.core.descriptor.mapping.LenientFields;
import java.util.List;

/** Everything that a schema cannot say. Runs after the schema, on bodies with errors too. */
public final class SemanticValidator {

    private final StrategyCatalog catalog;
    private final boolean rejectUnknownIntents;
    private final int maxValuesBytes;

    /** @param maxValuesBytes largest sum of all {@code valuesOverwrite} of one graph, in bytes of JSON */
    public SemanticValidator(StrategyCatalog catalog, boolean rejectUnknownIntents, int maxValuesBytes) {
        this.catalog = catalog;
        this.maxValuesBytes = maxValuesBytes;
        this.rejectUnknownIntents = rejectUnknownIntents;
    }

    /** @param installed intents as of the schema that the body was checked with */
    public void check(JsonObject body, List<InstalledIntent> installed, ValidationFindings findings) {
        LenientFields root = new LenientFields(body);
        StrategyRules strategies = new StrategyRules(catalog, findings);
        strategies.checkOverride(root);
        LenientFields graph = root.child("hdaGraph");
        DescriptorServices services = DescriptorServices.from(graph);
        new ServiceRules(services, findings).check();
        new ImageRules(graph, services, findings).check();
        new ValuesLimit(services, maxValuesBytes, findings).check();
        new ServiceReferenceValidator(services, findings).check();
        new StartOrder(services, findings).check();
        new IntentRules(installed, rejectUnknownIntents, findings).check(graph, services);
        strategies.checkGraph(graph, services);
        new PrivateMembers(findings).check(body, "");
    }
}
