// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.profiles;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.profile.ArtifactVersion;
import eu.nephele.smo.scaling.profiler.ProfileName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The desired document of a profile: what counts, what is proposed, what was rejected.
 *
 * @param json satisfies the schema of the kind
 */
record ProfileDocument(JsonObject json) {

    static final String APPLIED = "applied";
    static final String PROPOSAL = "proposal";
    static final String REJECTED = "rejected";

    static ProfileDocument of(ArtifactVersion artifact) {
        return new ProfileDocument(JsonObject.EMPTY
                .with("artifact", new JsonString(artifact.artifact()))
                .with("version", new JsonString(artifact.version())));
    }

    ArtifactVersion artifact() {
        JsonFieldReader fields = new JsonFieldReader(json);
        return new ArtifactVersion(
                fields.optionalText("artifact").orElse(""),
                fields.optionalText("version").orElse(""));
    }

    /** Each artifact and version has one resource: one of another name would be a second profile that nobody finds. */
    boolean isCalled(ResourceRef ref) {
        return ref.name().equals(name(artifact()));
    }

    Optional<StoredProfile> applied() {
        return StoredProfile.read(json, APPLIED);
    }

    Optional<StoredProfile> proposal() {
        return StoredProfile.read(json, PROPOSAL);
    }

    Optional<StoredProfile> rejected() {
        return StoredProfile.read(json, REJECTED);
    }

    Stream<StoredProfile> profiles() {
        return Stream.of(applied(), proposal(), rejected()).flatMap(Optional::stream);
    }

    ProfileDocument proposing(StoredProfile profile) {
        return new ProfileDocument(json.with(PROPOSAL, profile.json()));
    }

    /** What is applied is proposed no more. */
    ProfileDocument applying(StoredProfile profile) {
        Map<String, JsonValue> members = new LinkedHashMap<>(json.members());
        members.remove(PROPOSAL);
        members.remove(REJECTED);
        return new ProfileDocument(new JsonObject(members).with(APPLIED, profile.json()));
    }

    static String name(ArtifactVersion artifact) {
        return ProfileName.create(artifact.artifact(), artifact.version());
    }
}
