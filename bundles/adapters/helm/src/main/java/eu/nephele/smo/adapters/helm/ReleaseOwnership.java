// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.StepKey;
import eu.nephele.smo.api.port.WorkloadRef;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Ownership marks of our release. Helm writes them as description, together with the release: they exist whenever the
 * release does, even if its labels are missing.
 *
 * @param key the workload and the decision that requested it
 * @param reference of the chart, as requested
 * @param chart digest of the chart under the reference at that time
 * @param digest of the requested reference and values
 * @param values digest of the values passed to Helm
 * @param added values added to the requested ones
 */
record ReleaseOwnership(
        String owner,
        StepKey key,
        long generation,
        String reference,
        String chart,
        String digest,
        String values,
        JsonObject added) {

    private static final String START = "smo ";

    static ReleaseOwnership create(InstallRequest request, String chart, HelmValues values) {
        return new ReleaseOwnership(
                request.owner(),
                request.key(),
                request.generation(),
                request.artifact().reference(),
                chart,
                request.digest(),
                values.digest(),
                values.added());
    }

    /** Marks of an adopted release: nothing of it is in the desired state yet. */
    static ReleaseOwnership adopting(InstallRequest request) {
        return new ReleaseOwnership(
                request.owner(), request.key(), request.generation(), "", "", "", "", JsonObject.EMPTY);
    }

    ReleaseOwnership decidedBy(InstallRequest request) {
        return new ReleaseOwnership(
                owner, request.key(), request.generation(), reference, chart, digest, values, added);
    }

    String text() {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("owner", new JsonString(owner));
        members.put("project", new JsonString(key.workload().graph().project()));
        members.put("graph", new JsonString(key.workload().graph().name()));
        members.put("service", new JsonString(key.workload().service()));
        members.put("assignment", JsonNumber.of(key.assignment()));
        members.put("step", new JsonString(key.step()));
        members.put("generation", JsonNumber.of(generation));
        members.put("reference", new JsonString(reference));
        members.put("chart", new JsonString(chart));
        members.put("digest", new JsonString(digest));
        members.put("values", new JsonString(values));
        members.put("added", added);
        return START + new JsonObject(members).toJson();
    }

    /** Empty if the description is foreign. */
    static Optional<ReleaseOwnership> parse(String text, HelmJson json) {
        if (!text.startsWith(START + "{")) {
            return Optional.empty();
        }
        try {
            JsonObject found = json.object(text.substring(START.length()));
            WorkloadRef workload = new WorkloadRef(
                    new GraphId(string(found, "project"), string(found, "graph")), string(found, "service"));
            return Optional.of(new ReleaseOwnership(
                    string(found, "owner"),
                    new StepKey(workload, number(found, "assignment"), string(found, "step")),
                    number(found, "generation"),
                    string(found, "reference"),
                    string(found, "chart"),
                    string(found, "digest"),
                    string(found, "values"),
                    found.get("added").flatMap(JsonValue::asObject).orElse(JsonObject.EMPTY)));
        } catch (IOException unreadable) {
            // treated as a foreign description: the release is upgraded to the desired state
            return Optional.empty();
        }
    }

    Map<String, String> labels() {
        WorkloadRef workload = key.workload();
        return Map.of(
                ReleaseLabels.MANAGED_BY,
                ReleaseLabels.SMO,
                ReleaseLabels.OWNER,
                ReleaseLabels.value(owner),
                ReleaseLabels.PROJECT,
                ReleaseLabels.value(workload.graph().project()),
                ReleaseLabels.GRAPH,
                ReleaseLabels.value(workload.graph().name()),
                ReleaseLabels.SERVICE,
                ReleaseLabels.value(workload.service()));
    }

    Map<String, String> annotations() {
        return Map.of(
                ReleaseLabels.WORKLOAD,
                key.workload().toString(),
                ReleaseLabels.KEY,
                key.toString(),
                ReleaseLabels.GENERATION,
                Long.toString(generation),
                ReleaseLabels.MARKS,
                text());
    }

    private static String string(JsonObject from, String name) throws IOException {
        return from.get(name).flatMap(JsonValue::asString).orElseThrow(() -> new IOException("Missing member " + name));
    }

    private static long number(JsonObject from, String name) throws IOException {
        return from.get(name)
                .flatMap(JsonValue::asNumber)
                .map(BigDecimal::longValue)
                .orElseThrow(() -> new IOException("Missing member " + name));
    }
}
