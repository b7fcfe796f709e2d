// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.translation;

import static java.nio.charset.StandardCharsets.UTF_8;

import eu.nephele.smo.api.intent.IntentHandler.Scope;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.StrategySelection;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader.Format;
import eu.nephele.smo.core.contract.descriptor.DescriptorSource;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.descriptor.HdagReader;
import eu.nephele.smo.core.descriptor.ReaderSettings;
import java.util.List;
import java.util.Map;

/** Reads descriptors as a server does on which all strategies are installed. */
final class DescriptorsOfTests implements StrategyCatalog {

    private final HdagReader reader = new HdagReader(this, ReaderSettings.STANDARD);

    /** @throws eu.nephele.smo.api.runtime.SmoException the server would refuse it */
    Graph read(JsonObject descriptor) {
        return ((DescriptorSource.Inline) reader.read("shop", accepted(descriptor).getBytes(UTF_8), Format.JSON)).graph();
    }

    /** A reader that does not know images yet takes them for charts; what else is in the descriptor is judged all the same. */
    private String accepted(JsonObject descriptor) {
        boolean knowsImages = reader.schema().toJson().contains("CONTAINER");
        return knowsImages ? descriptor.toJson() : descriptor.toJson().replace("\"CONTAINER\"", "\"HELM\"");
    }

    @Override
    public List<InstalledStrategy> strategies() {
        return List.of();
    }

    @Override
    public List<InstalledObjective> objectives() {
        return List.of();
    }

    @Override
    public List<InstalledIntent> intents() {
        return List.of(intent("compute"), intent("spread"));
    }

    private static InstalledIntent intent(String name) {
        return new InstalledIntent(
                name, "test", "1.0.0", Map.of(Scope.SERVICE, StrictJson.parseObject("{\"type\":\"object\"}")));
    }

    @Override
    public List<Default> defaults(CallContext call) {
        return List.of();
    }

    @Override
    public Default defaultWith(String key, String value) {
        throw new IllegalArgumentException(key);
    }

    @Override
    public long revision() {
        return 1;
    }

    @Override
    public List<Violation> check(String kind, StrategySelection selection, String pointer) {
        return List.of();
    }
}
