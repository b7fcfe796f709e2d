// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.nephele.smo.scaling.profiler.ProfileName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A file of exported profiles, examined as a whole before the first of them is written: a half import would be of two servers.
 *
 * @param profiles all of them when there is no mistake
 * @param mistakes one line for each, with its place
 */
record ProfileFile(List<NamedProfile> profiles, List<String> mistakes) {

    private static final Set<String> MEMBERS = Set.of("name", "desired");

    ProfileFile {
        profiles = List.copyOf(profiles);
        mistakes = List.copyOf(mistakes);
    }

    /** @param desired as the server takes it */
    record NamedProfile(String name, JsonNode desired) {

        boolean isOnlyProposal() {
            return desired.has("proposal") && !desired.has("applied") && !desired.has("rejected");
        }
    }

    static ProfileFile read(String text) {
        JsonNode documents;
        try {
            documents = parsed(text);
        } catch (JsonProcessingException broken) {
            return new ProfileFile(List.of(), List.of("no JSON: " + broken.getOriginalMessage()));
        }
        if (!documents.isArray()) {
            return new ProfileFile(List.of(), List.of("expected a list of profiles, as profile export writes it"));
        }
        List<NamedProfile> profiles = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < documents.size(); i++) {
            String name = documents.get(i).path("name").asText();
            List<String> found = mistakes(documents.get(i));
            if (!name.isEmpty() && !names.add(name)) {
                found.add("%s is in the file twice".formatted(name));
            }
            for (String mistake : found) {
                mistakes.add("profile %d: %s".formatted(i + 1, mistake));
            }
            profiles.add(new NamedProfile(name, documents.get(i).path("desired")));
        }
        return new ProfileFile(profiles, mistakes);
    }

    /** A member that is there twice would be read as one of both. */
    private static JsonNode parsed(String text) throws JsonProcessingException {
        return JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build()
                .readTree(text);
    }

    private static List<String> mistakes(JsonNode document) {
        List<String> mistakes = new ArrayList<>();
        if (!document.isObject()) {
            mistakes.add("it has to be an object with the members name and desired");
            return mistakes;
        }
        document.fieldNames().forEachRemaining(member -> {
            if (!MEMBERS.contains(member)) {
                mistakes.add("%s is not known beside name and desired".formatted(member));
            }
        });
        JsonNode desired = document.has("desired") ? document.path("desired") : JsonNodeFactory.instance.objectNode();
        mistakes.addAll(ProfileRules.mistakes(desired));
        if (!document.path("name").isTextual()) {
            mistakes.add("name is missing");
        } else if (desired.path("artifact").isTextual()) {
            named(document.path("name").asText(), desired, mistakes);
        }
        return mistakes;
    }

    /** A server takes another name, and then never finds the profile. */
    private static void named(String name, JsonNode desired, List<String> mistakes) {
        String right = ProfileName.create(
                desired.path("artifact").asText(), desired.path("version").asText());
        if (!name.equals(right)) {
            mistakes.add("%s is not the name of the profile of this artifact and version, which is %s"
                    .formatted(name.isEmpty() ? "the empty text" : name, right));
        }
    }
}
