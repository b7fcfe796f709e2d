// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.files;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonBoolean;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.AdmissionFinding;
import eu.nephele.smo.core.contract.plugin.Plugin.FindingVerdict;
import eu.nephele.smo.core.contract.plugin.Plugin.InstallSource;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** State as JSON. */
final class StateJson {

    private StateJson() {}

    static JsonObject write(PersistedState persistedState) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put(
                "plugins",
                new JsonArray(
                        persistedState.plugins().stream().map(StateJson::plugin).toList()));
        members.put("verdicts", new JsonObject(new LinkedHashMap<>(persistedState.verdicts())));
        members.put("replacing", new JsonString(persistedState.replacing()));
        members.put("handedOver", new JsonString(persistedState.handedOver()));
        if (!persistedState.store().equals(StoreRevision.NONE)) {
            members.put("store", mark(persistedState.store()));
        }
        return new JsonObject(members);
    }

    private static JsonObject mark(StoreRevision mark) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("folder", new JsonString(mark.folder()));
        members.put("origin", new JsonString(mark.origin()));
        members.put("revision", new JsonString(Long.toString(mark.revision())));
        members.put("shared", new JsonBoolean(mark.shared()));
        return new JsonObject(members);
    }

    /** Reads the revision; a folder without one has never seen a store. */
    private static StoreRevision mark(JsonObject json) {
        return new StoreRevision(
                text(json, "folder"),
                text(json, "origin"),
                Long.parseLong(text(json, "revision")),
                json.get("shared").flatMap(JsonValue::asBoolean).orElse(false));
    }

    /** @throws IllegalArgumentException when it is not what was written */
    static PersistedState read(JsonObject json) {
        Map<String, JsonObject> verdicts = new LinkedHashMap<>();
        json.get("verdicts").flatMap(JsonValue::asObject).ifPresent(all -> all.members()
                .forEach((digest, report) -> report.asObject().ifPresent(it -> verdicts.put(digest, it))));
        return new PersistedState(
                objects(json, "plugins").stream().map(StateJson::plugin).toList(),
                verdicts,
                text(json, "replacing"),
                text(json, "handedOver"),
                json.get("store")
                        .flatMap(JsonValue::asObject)
                        .map(StateJson::mark)
                        .orElse(StoreRevision.NONE));
    }

    private static JsonValue plugin(Plugin plugin) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("id", new JsonString(plugin.id()));
        members.put("version", new JsonString(plugin.version()));
        members.put("file", new JsonString(plugin.artifact().file()));
        members.put("sha256", new JsonString(plugin.artifact().sha256()));
        members.put("state", new JsonString(plugin.state().name()));
        members.put("why", new JsonString(plugin.why()));
        members.put("replaces", new JsonBoolean(plugin.replaces()));
        members.put("door", new JsonString(plugin.door().name()));
        plugin.artifact().signer().ifPresent(signer -> members.put("signer", new JsonString(signer)));
        members.put(
                "admission",
                new JsonArray(
                        plugin.admission().stream().map(StateJson::finding).toList()));
        plugin.conformance().ifPresent(report -> members.put("conformance", report));
        members.put("imports", JsonArray.ofStrings(plugin.imports()));
        members.put("installedAt", new JsonString(plugin.times().installedAt().toString()));
        members.put("changedAt", new JsonString(plugin.times().changedAt().toString()));
        return new JsonObject(members);
    }

    private static Plugin plugin(JsonObject json) {
        return new Plugin(
                text(json, "id"),
                text(json, "version"),
                new Plugin.PluginArtifact(
                        text(json, "file"),
                        text(json, "sha256"),
                        Optional.of(text(json, "signer")).filter(signer -> !signer.isEmpty())),
                PluginState.valueOf(text(json, "state")),
                text(json, "why"),
                json.get("replaces").flatMap(JsonValue::asBoolean).orElse(false),
                InstallSource.valueOf(text(json, "door")),
                objects(json, "admission").stream().map(StateJson::finding).toList(),
                json.get("conformance").flatMap(JsonValue::asObject),
                List.of(),
                json.get("imports").flatMap(JsonValue::asArray).orElse(List.of()).stream()
                        .flatMap(item -> item.asString().stream())
                        .toList(),
                new Plugin.PluginTimes(instant(json, "installedAt"), instant(json, "changedAt")));
    }

    private static JsonValue finding(AdmissionFinding finding) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("rule", new JsonString(finding.rule()));
        members.put("verdict", new JsonString(finding.verdict().name()));
        members.put("detail", new JsonString(finding.detail()));
        return new JsonObject(members);
    }

    private static AdmissionFinding finding(JsonObject json) {
        return new AdmissionFinding(
                text(json, "rule"), FindingVerdict.valueOf(text(json, "verdict")), text(json, "detail"));
    }

    private static List<JsonObject> objects(JsonObject json, String name) {
        return json.get(name).flatMap(JsonValue::asArray).orElse(List.of()).stream()
                .flatMap(item -> item.asObject().stream())
                .toList();
    }

    private static String text(JsonObject json, String name) {
        return json.get(name).flatMap(JsonValue::asString).orElse("");
    }

    private static Instant instant(JsonObject json, String name) {
        try {
            return Instant.parse(text(json, name));
        } catch (DateTimeParseException broken) {
            throw new IllegalArgumentException("%s is not a time".formatted(name), broken);
        }
    }
}
