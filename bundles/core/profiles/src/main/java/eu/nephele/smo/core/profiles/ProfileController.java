// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.profiles;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.runtime.Operation.Fault;
import eu.nephele.smo.api.runtime.Reconciled;
import eu.nephele.smo.api.runtime.Reconciliation;
import eu.nephele.smo.api.runtime.Resource;
import eu.nephele.smo.api.runtime.ResourceController;
import eu.nephele.smo.api.runtime.ResourceKind;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.profile.ArtifactVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Makes what is stored of profiles count. Nothing outside is changed. */
final class ProfileController implements ResourceController {

    static final String KIND_NAME = "service-profile";

    /** Nothing changes by itself. */
    private static final Duration SELDOM = Duration.ofHours(1);

    private final AppliedProfiles applied;

    ProfileController(AppliedProfiles applied) {
        this.applied = applied;
    }

    static ResourceRef ref(ArtifactVersion artifact) {
        return new ResourceRef(KIND_NAME, "", ProfileDocument.name(artifact));
    }

    @Override
    public ResourceKind kind() {
        try (InputStream schema = ProfileController.class.getResourceAsStream("service-profile.schema.json")) {
            if (schema == null) {
                throw new IllegalStateException("The bundle lacks service-profile.schema.json");
            }
            return new ResourceKind(
                    KIND_NAME,
                    ResourceKind.Scope.SERVER,
                    1,
                    new String(schema.readAllBytes(), StandardCharsets.UTF_8),
                    Set.of("/artifact", "/version"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Reconciled reconcile(Resource resource, Reconciliation call) {
        ProfileDocument document = new ProfileDocument(resource.desired());
        ArtifactVersion artifact = document.artifact();
        if (!document.isCalled(resource.ref())) {
            return resource.leaving() ? Reconciled.gone() : misnamed(artifact);
        }
        if (resource.leaving()) {
            applied.remove(artifact);
            return Reconciled.gone();
        }
        document.applied().ifPresentOrElse(profile -> applied.put(artifact, profile), () -> applied.remove(artifact));
        return Reconciled.ready(JsonObject.EMPTY.with("state", new JsonString(state(document))))
                .again(SELDOM);
    }

    private static Reconciled misnamed(ArtifactVersion artifact) {
        String why =
                "It does not count: the profile of %s is called %s".formatted(artifact, ProfileDocument.name(artifact));
        return Reconciled.failed(JsonObject.EMPTY, why)
                .because(Fault.of(SmoException.invalid(why, List.of())))
                .again(SELDOM);
    }

    private static String state(ProfileDocument document) {
        if (document.proposal().isPresent()) {
            return document.applied().isPresent() ? "APPLIED, ANOTHER PROPOSED" : "PROPOSED";
        }
        return document.applied().isPresent() ? "APPLIED" : "NOTHING";
    }
}
