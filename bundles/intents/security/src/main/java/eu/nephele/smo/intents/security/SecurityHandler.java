// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.intents.security;

import eu.nephele.smo.api.intent.Intent;
import eu.nephele.smo.api.intent.IntentHandler;
import eu.nephele.smo.api.intent.IntentSchemas;
import eu.nephele.smo.api.intent.IntentValues;
import eu.nephele.smo.api.intent.Requirements;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** All services of the graph in one security zone, or on one cluster; on request on clusters that are dedicated to the project. */
@Component(configurationPid = "eu.nephele.smo.intents.security", property = IntentHandler.NAME + "=security")
@Designate(ocd = SecurityZoneConfig.class)
public final class SecurityHandler implements IntentHandler {

    /** The engine keeps other projects off clusters with this label. */
    static final String DEDICATED_LABEL = "smo.nephele.eu/dedicated-to";

    private final String zoneLabel;

    @Activate
    public SecurityHandler(SecurityZoneConfig config) {
        if (config.zoneLabel().isBlank()) {
            throw new IllegalArgumentException("zoneLabel is empty, expected the name of a label");
        }
        this.zoneLabel = config.zoneLabel();
    }

    @Override
    public Set<Scope> scopes(String name) {
        return Set.of(Scope.GRAPH);
    }

    @Override
    public JsonObject schema(String name, Scope scope) {
        return IntentSchemas.closed(
                        "all services in one security zone",
                        Map.of(
                                "enabled",
                                        IntentSchemas.flag("true: all services in one security zone or on one cluster"),
                                "zone", IntentSchemas.text("only clusters of this security zone"),
                                "isolation",
                                        IntentSchemas.flag("true: only clusters that are dedicated to the project")))
                .with("required", JsonArray.ofStrings(List.of("enabled")));
    }

    @Override
    public void apply(Intent intent, Requirements requirements) {
        IntentValues value = IntentValues.of(intent);
        Optional<String> zone = value.text("zone");
        boolean isolation = value.flag("isolation");
        if (!value.flag("enabled")) {
            return;
        }
        List<String> services = IntentValues.services(intent);
        if (zone.isPresent()) {
            services.forEach(service -> requirements.allowOnly(
                    service,
                    cluster -> zone.get().equals(cluster.labels().get(zoneLabel)),
                    "security: only in the security zone " + zone.get()));
        } else {
            // also of one service: its replicas may be divided over clusters
            requirements.shareLabel(new TreeSet<>(services), zoneLabel, "security: all services in one security zone");
        }
        if (isolation) {
            String project = intent.graph().id().project();
            services.forEach(service -> requirements.allowOnly(
                    service,
                    cluster -> project.equals(cluster.labels().get(DEDICATED_LABEL)),
                    "security: only on clusters that are dedicated to project " + project));
        }
    }
}
