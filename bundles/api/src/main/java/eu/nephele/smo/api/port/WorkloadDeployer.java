// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.api.port;

import eu.nephele.smo.api.model.Artifact;
import eu.nephele.smo.api.model.ForeignRelease;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Installs and removes releases of one artifact type. Published with the property {@link #ARTIFACT_TYPE}. All methods are
 * idempotent and may block for the time of an outside call; failures are {@link AdapterException}s.
 */
@Port(name = "releases", chosenBy = WorkloadDeployer.ARTIFACT_TYPE, system = WorkloadDeployer.ARTIFACT_TYPE)
@ConsumerType
public interface WorkloadDeployer {

    /** Service property (String): value of {@code ociRun.name} in lower case, for example {@code helm}. */
    String ARTIFACT_TYPE = "smo.artifact.type";

    /**
     * Makes the release exist with exactly this artifact and these values. Installed like that already: nothing happens.
     *
     * @throws AdapterException {@code CONFLICT} when a release of that name is somebody else's and the request does not adopt it
     */
    @Idempotent
    ReleaseState ensureInstalled(InstallRequest request);

    /**
     * Makes the release not exist. Absent already: nothing happens. What somebody else made stays.
     *
     * @param owner id of the installation that wants it away
     */
    @Idempotent
    void ensureRemoved(StepKey key, String owner);

    /**
     * Returns, from memory, the remains of a removed workload and their reasons: a namespace that may not be deleted, for
     * example.
     *
     * @return for people; empty when nothing is known to
     */
    @NonBlocking
    default List<String> leftovers(WorkloadRef workload) {
        return List.of();
    }

    /**
     * Releases of others that are in the way of these requests, one or more per workload; nothing is touched. Deployers for which
     * names cannot clash have none.
     */
    @Idempotent
    @OnStandby
    default Map<WorkloadRef, List<ForeignRelease>> foreign(Collection<InstallRequest> requests) {
        return Map.of();
    }

    /**
     * The values that an artifact has by itself, as {@code helm show values} prints them: what a value of a request can change. Those of
     * the request are not looked at.
     *
     * @return empty when artifacts of this type have no such values, or this deployer cannot tell them
     * @throws AdapterException {@code NOT_FOUND}, {@code REFUSED} or {@code UNAVAILABLE} as when the artifact is fetched
     */
    @Idempotent
    @OnStandby
    default Optional<JsonObject> defaultValues(Artifact artifact) {
        return Optional.empty();
    }

    /** The release as it is; empty when there is none. */
    @Idempotent
    @OnStandby
    Optional<ReleaseState> state(WorkloadRef workload);

    /**
     * All releases that carry our label, in one call, whichever installation owns them; what nobody wants any more is an orphan.
     */
    @Idempotent
    @OnStandby
    List<ReleaseState> owned();
}
