// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.profiles;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.model.JsonValue.JsonString;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.profile.ArtifactVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
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

    private static final int MOST_NAME_CHARACTERS = 40;
    private static final int DIGEST_CHARACTERS = 8;

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

    /** A readable name with a digest that makes it unique. */
    static String name(ArtifactVersion artifact) {
        String path = artifact.artifact().substring(artifact.artifact().lastIndexOf('/') + 1);
        String readable = (path + "-" + artifact.version())
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        String shortened = readable.substring(0, Math.min(MOST_NAME_CHARACTERS, readable.length()));
        return "%s-%s"
                .formatted(shortened.isEmpty() ? "profile" : shortened, digest(artifact.toString()))
                .replace("--", "-");
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)))
                    .substring(0, DIGEST_CHARACTERS);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException("SHA-256 is missing", everyJavaHasIt);
        }
    }
}
