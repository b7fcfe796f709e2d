// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.plugins;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.json.StrategyStatuses;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.PluginService.PluginUse;

final class PluginJson {

    private PluginJson() {}

    static ObjectNode summary(Plugin plugin, StrategyStatuses strategyStatuses) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", plugin.id())
                .put("version", plugin.version())
                .put("href", "/api/v1/plugins/" + plugin.id())
                .put("file", plugin.artifact().file())
                .put("sha256", plugin.artifact().sha256())
                .put("state", plugin.state().name())
                .put("why", plugin.why())
                .put("replaces", plugin.replaces())
                .put("door", plugin.installSource().name())
                .put("signer", plugin.artifact().signer().orElse(null));
        ArrayNode services = node.putArray("services");
        plugin.services().forEach(service -> services.addObject()
                .put("kind", service.kind())
                .put("name", service.name())
                .put("version", service.version())
                .set("standing", strategyStatuses.toJson(service)));
        node.put("installedAt", plugin.times().installedAt().toString())
                .put("changedAt", plugin.times().changedAt().toString());
        return node;
    }

    /** With the findings of the examination. */
    static ObjectNode whole(Plugin plugin, StrategyStatuses strategyStatuses) {
        ObjectNode node = summary(plugin, strategyStatuses);
        ArrayNode admission = node.putArray("admission");
        plugin.admission().forEach(finding -> admission
                .addObject()
                .put("rule", finding.rule())
                .put("verdict", finding.verdict().name())
                .put("detail", finding.detail()));
        plugin.conformance()
                .ifPresentOrElse(
                        report -> node.set("conformance", StrictJson.node(report)), () -> node.putNull("conformance"));
        ArrayNode imports = node.putArray("imports");
        plugin.imports().forEach(imports::add);
        return node;
    }

    static ObjectNode toJson(PluginUse use) {
        return JsonNodeFactory.instance.objectNode().put("graph", use.graph()).put("how", use.how());
    }
}
