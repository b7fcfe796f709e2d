// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.files;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.AdmissionFinding;
import eu.nephele.smo.core.contract.plugin.Plugin.FindingVerdict;
import eu.nephele.smo.core.contract.plugin.Plugin.InstallSource;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

final class StateJson {

    private StateJson() {}

    static JsonObject write(PersistedState persistedState) {
        JsonFieldWriter fields = new JsonFieldWriter()
                .put("plugins", JsonFieldWriter.array(persistedState.plugins(), StateJson::plugin))
                .put("verdicts", new JsonObject(new LinkedHashMap<>(persistedState.verdicts())))
                .put("replacing", persistedState.replacing())
                .put("handedOver", persistedState.handedOver());
        if (!persistedState.store().equals(StoreRevision.NONE)) {
            fields.put("store", mark(persistedState.store()));
        }
        if (!persistedState.signers().isEmpty()) {
            fields.put("signers", JsonFieldWriter.array(persistedState.signers(), SignerJson::write));
        }
        return fields.object();
    }

    private static JsonObject mark(StoreRevision storeRevision) {
        return new JsonFieldWriter()
                .put("folder", storeRevision.folder())
                .put("origin", storeRevision.origin())
                .put("revision", Long.toString(storeRevision.revision()))
                .put("shared", storeRevision.shared())
                .object();
    }

    /** A folder without one has never seen a store. */
    private static StoreRevision mark(JsonFieldReader fields) {
        return new StoreRevision(
                fields.text("folder"),
                fields.text("origin"),
                Long.parseLong(fields.text("revision")),
                fields.optionalFlag("shared").orElse(false));
    }

    /** @throws IllegalArgumentException when it is not what was written */
    static PersistedState read(JsonObject json) {
        JsonFieldReader fields = new JsonFieldReader(json);
        Map<String, JsonObject> verdicts = new LinkedHashMap<>();
        fields.optionalObject("verdicts").ifPresent(all -> all.members()
                .forEach((digest, report) -> report.asObject().ifPresent(it -> verdicts.put(digest, it))));
        return new PersistedState(
                objects(json, "plugins").stream().map(StateJson::plugin).toList(),
                verdicts,
                fields.optionalText("replacing").orElse(""),
                fields.optionalText("handedOver").orElse(""),
                fields.optionalFields("store").map(StateJson::mark).orElse(StoreRevision.NONE),
                objects(json, "signers").stream().map(SignerJson::read).toList());
    }

    private static JsonObject plugin(Plugin plugin) {
        JsonFieldWriter fields = new JsonFieldWriter()
                .put("id", plugin.id())
                .put("version", plugin.version())
                .put("file", plugin.artifact().file())
                .put("sha256", plugin.artifact().sha256())
                .put("state", plugin.state().name())
                .put("why", plugin.why())
                .put("replaces", plugin.replaces())
                .put("door", plugin.installSource().name())
                .put("signer", plugin.artifact().signer())
                .put("admission", JsonFieldWriter.array(plugin.admission(), StateJson::finding));
        plugin.conformance().ifPresent(report -> fields.put("conformance", report));
        return fields.texts("imports", plugin.imports())
                .put("installedAt", plugin.times().installedAt().toString())
                .put("changedAt", plugin.times().changedAt().toString())
                .object();
    }

    private static Plugin plugin(JsonObject json) {
        JsonFieldReader fields = new JsonFieldReader(json);
        return new Plugin(
                fields.text("id"),
                fields.text("version"),
                new Plugin.PluginArtifact(
                        fields.text("file"),
                        fields.text("sha256"),
                        fields.optionalText("signer").filter(signer -> !signer.isEmpty())),
                PluginState.valueOf(fields.text("state")),
                fields.optionalText("why").orElse(""),
                fields.optionalFlag("replaces").orElse(false),
                InstallSource.valueOf(fields.text("door")),
                objects(json, "admission").stream().map(StateJson::finding).toList(),
                fields.optionalObject("conformance"),
                List.of(),
                fields.optional("imports").map(JsonFieldReader::texts).orElse(List.of()),
                new Plugin.PluginTimes(fields.instant("installedAt"), fields.instant("changedAt")));
    }

    private static JsonObject finding(AdmissionFinding finding) {
        return new JsonFieldWriter()
                .put("rule", finding.rule())
                .put("verdict", finding.verdict().name())
                .put("detail", finding.detail())
                .object();
    }

    private static AdmissionFinding finding(JsonObject json) {
        JsonFieldReader fields = new JsonFieldReader(json);
        return new AdmissionFinding(
                fields.text("rule"),
                FindingVerdict.valueOf(fields.text("verdict")),
                fields.optionalText("detail").orElse(""));
    }

    private static List<JsonObject> objects(JsonObject json, String name) {
        return json.get(name).isPresent() ? new JsonFieldReader(json).objects(name) : List.of();
    }
}
