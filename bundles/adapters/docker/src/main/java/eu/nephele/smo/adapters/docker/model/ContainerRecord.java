// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.docker.model;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.WorkloadRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a container says of itself by its labels: all that is known about the release it belongs to.
 *
 * @param owner id of the installation
 * @param assignment number of the decision that made the revision
 * @param revision counts changes of the release, from 1
 * @param digest of artifact and values
 * @param image reference of the artifact
 * @param values canonical JSON
 * @param perReplica what one replica may use
 */
public record ContainerRecord(
        String owner,
        WorkloadRef workload,
        long assignment,
        int revision,
        String digest,
        String image,
        String values,
        Resources perReplica) {

    /** On every container of ours, with the value of {@link #owner}. */
    public static final String OWNER = "smo.nephele.eu/owner";

    private static final String PROJECT = "smo.nephele.eu/project";
    private static final String GRAPH = "smo.nephele.eu/graph";
    private static final String SERVICE = "smo.nephele.eu/service";
    private static final String ASSIGNMENT = "smo.nephele.eu/assignment";
    private static final String REVISION = "smo.nephele.eu/revision";
    private static final String DIGEST = "smo.nephele.eu/digest";
    private static final String IMAGE = "smo.nephele.eu/image";
    private static final String VALUES = "smo.nephele.eu/values";
    private static final String CPU = "smo.nephele.eu/cpu-millis";
    private static final String MEMORY = "smo.nephele.eu/memory-bytes";

    /** As a request wants it. */
    public static ContainerRecord wanted(InstallRequest request, int revision) {
        return new ContainerRecord(
                request.owner(),
                request.key().workload(),
                request.key().assignment(),
                revision,
                request.digest(),
                request.artifact().reference(),
                request.values().canonical(),
                new Resources(
                        request.perReplica().cpuMillis(), request.perReplica().memoryBytes(), 0, 0));
    }

    /** Empty for a container of others, and for one whose labels are not what this adapter writes. */
    public static Optional<ContainerRecord> read(Map<String, String> labels) {
        if (!labels.containsKey(OWNER) || !labels.containsKey(SERVICE) || !labels.containsKey(VALUES)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ContainerRecord(
                    labels.get(OWNER),
                    new WorkloadRef(
                            new GraphId(labels.getOrDefault(PROJECT, ""), labels.getOrDefault(GRAPH, "")),
                            labels.get(SERVICE)),
                    Long.parseLong(labels.getOrDefault(ASSIGNMENT, "0")),
                    Integer.parseInt(labels.getOrDefault(REVISION, "1")),
                    labels.getOrDefault(DIGEST, ""),
                    labels.getOrDefault(IMAGE, ""),
                    labels.get(VALUES),
                    new Resources(
                            Long.parseLong(labels.getOrDefault(CPU, "0")),
                            Long.parseLong(labels.getOrDefault(MEMORY, "0")),
                            0,
                            0)));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    /** The labels that say this. */
    public Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(OWNER, owner);
        labels.put(PROJECT, workload.graph().project());
        labels.put(GRAPH, workload.graph().name());
        labels.put(SERVICE, workload.service());
        labels.put(ASSIGNMENT, Long.toString(assignment));
        labels.put(REVISION, Integer.toString(revision));
        labels.put(DIGEST, digest);
        labels.put(IMAGE, image);
        labels.put(VALUES, values);
        labels.put(CPU, Long.toString(perReplica.cpuMillis()));
        labels.put(MEMORY, Long.toString(perReplica.memoryBytes()));
        return labels;
    }

    /** Whether both are of the same revision, whatever its number. */
    public boolean isSame(ContainerRecord other) {
        return digest.equals(other.digest) && perReplica.equals(other.perReplica);
    }

    /**
     * Whether containers of both run alike: of the same revision, or of two that differ in how replicas are replaced
     * only, which says nothing about a replica.
     */
    public boolean runsLike(ContainerRecord other) {
        return isSame(other)
                || (image.equals(other.image)
                        && perReplica.equals(other.perReplica)
                        && withoutUpdate().equals(other.withoutUpdate()));
    }

    private String withoutUpdate() {
        Map<String, JsonValue> members = new LinkedHashMap<>(readValues().members());
        members.keySet().removeAll(SpecReader.OF_ROLLOUTS);
        return new JsonObject(members).canonical();
    }

    /** The values as they were installed; changed labels read as an object without members. */
    public JsonObject readValues() {
        return JsonValues.object(values).orElse(JsonObject.EMPTY);
    }

    public ImageReference imageReference() {
        return ImageReference.parse(image);
    }

    /** @throws IllegalArgumentException if a value is invalid; the message names it */
    public ContainerSpec spec() {
        return SpecReader.read(readValues(), imageReference().floats());
    }

    public ReleaseState state(ReleaseState.Status status, String message) {
        return new ReleaseState(workload, assignment, revision, status, owner, digest, message);
    }
}
