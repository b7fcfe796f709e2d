// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm;

import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AdapterException.Kind;
import eu.nephele.smo.api.port.InstallRequest;
import eu.nephele.smo.api.port.ReleaseState;
import eu.nephele.smo.api.port.ReleaseState.Status;
import eu.nephele.smo.api.port.WorkloadRef;
import java.io.IOException;
import java.util.Optional;

/** The latest revision, decoded; without ownership marks if it is foreign, or was interrupted. */
record HelmRelease(ReleaseRevision revision, ReleasePayload payload, Optional<ReleaseOwnership> releaseOwnership) {

    /** @throws AdapterException {@code REFUSED} if Helm's record of it cannot be read */
    static HelmRelease read(ReleaseRevision revision, int limit, HelmJson json) {
        try {
            ReleasePayload payload = ReleasePayload.read(revision.data(), limit, json);
            // the annotation is ours alone, and of this revision; it may name a later decision than the description
            Optional<ReleaseOwnership> releaseOwnership = ReleaseOwnership.parse(
                            revision.annotations().getOrDefault(ReleaseLabels.MARKS, ""), json)
                    .or(() -> ReleaseOwnership.parse(payload.description(), json));
            return new HelmRelease(revision, payload, releaseOwnership);
        } catch (IOException unreadable) {
            throw new AdapterException(
                    Kind.REFUSED,
                    HelmErrors.SYSTEM,
                    "The record %s/%s that Helm keeps of a release cannot be read: %s"
                            .formatted(revision.namespace(), revision.secret(), unreadable.getMessage()),
                    unreadable);
        }
    }

    /** Returns whether any installation of the SMO made it. */
    boolean isOurs() {
        return releaseOwnership.isPresent() || revision.isLabelled();
    }

    /** Returns whether this installation made it: labels survive manual changes. */
    boolean isOwnedBy(String owner) {
        return releaseOwnership.map(it -> it.owner().equals(owner)).orElseGet(() -> ReleaseLabels.value(owner)
                .equals(revision.labels().get(ReleaseLabels.OWNER)));
    }

    /** Returns whether it is in the desired state, apart from the chart, whose reference may mean another one by now. */
    boolean is(InstallRequest wanted) {
        return revision.isDeployed()
                && isOwnedBy(wanted.owner())
                && releaseOwnership
                        .filter(it -> it.digest().equals(wanted.digest()))
                        .isPresent()
                && isUnchanged();
    }

    ReleaseState state() {
        return new ReleaseState(
                workload(),
                releaseOwnership.map(it -> it.key().assignment()).orElse(0L),
                revision.number(),
                status(),
                owner(),
                digest(),
                message());
    }

    String madeBy() {
        return "%s (%s)".formatted(isOurs() ? "installation " + owner() : "somebody else", maker());
    }

    String maker() {
        return "chart %s, revision %d, %s, described as \"%s\""
                .formatted(
                        payload.chart(), revision.number(), revision.status(), HelmErrors.words(payload.description()));
    }

    String owner() {
        return releaseOwnership.map(ReleaseOwnership::owner).orElseGet(() -> revision.labels()
                .getOrDefault(ReleaseLabels.OWNER, ""));
    }

    private WorkloadRef workload() {
        return releaseOwnership
                .map(it -> it.key().workload())
                .orElseGet(() -> new WorkloadRef(
                        new GraphId(revision.namespace(), revision.labels().getOrDefault(ReleaseLabels.GRAPH, "")),
                        revision.name()));
    }

    private Status status() {
        if (revision.isDeployed()) {
            return Status.DEPLOYED;
        }
        return revision.isPending() || revision.status().equals("uninstalling") ? Status.PENDING : Status.FAILED;
    }

    private String digest() {
        return releaseOwnership
                .map(it -> isUnchanged()
                        ? it.digest()
                        : ReleaseState.digestOf(it.reference(), HelmValues.without(payload.config(), it.added())))
                .orElseGet(() -> ReleaseState.digestOf("", payload.config()));
    }

    private boolean isUnchanged() {
        return releaseOwnership
                .filter(it -> it.values().equals(HelmValues.digest(payload.config())))
                .isPresent();
    }

    private String message() {
        if (!isOurs()) {
            return "Somebody else made it: " + maker();
        }
        if (releaseOwnership.isEmpty()) {
            return "Changed by somebody else, or interrupted: " + maker();
        }
        return revision.isDeployed() ? "" : HelmErrors.words(payload.description());
    }
}
