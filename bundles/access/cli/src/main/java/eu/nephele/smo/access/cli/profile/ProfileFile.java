// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A file of exported profiles, examined as a whole before the first of them is written: a half import would be of two servers. */
final class ProfileFile {

    private static final List<String> PARTS = List.of("applied", "proposal", "rejected");

    private ProfileFile() {}

    /** @param desired as the server takes it */
    record NamedProfile(String name, JsonNode desired) {

        boolean isOnlyProposal() {
            return desired.has("proposal") && !desired.has("applied") && !desired.has("rejected");
        }
    }

    /** @throws IllegalArgumentException with the place of what is wrong */
    static List<NamedProfile> read(String text) {
        JsonNode documents = parsed(text);
        if (!documents.isArray()) {
            throw new IllegalArgumentException("expected a list of profiles, as profile export writes it");
        }
        List<NamedProfile> profiles = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < documents.size(); i++) {
            JsonNode document = documents.get(i);
            String name = text(document, "name", i);
            require(names.add(name), i, "%s is in the file twice".formatted(name));
            JsonNode desired = document.path("desired");
            text(desired, "artifact", i);
            for (String part : PARTS) {
                require(
                        !desired.has(part) || isProfile(desired.path(part)),
                        i,
                        part + " has no alpha above 0 or no beta");
            }
            profiles.add(new NamedProfile(name, desired));
        }
        return profiles;
    }

    private static JsonNode parsed(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException("no JSON: " + broken.getOriginalMessage(), broken);
        }
    }

    private static String text(JsonNode object, String member, int index) {
        String text = object.path(member).isTextual() ? object.path(member).asText() : "";
        require(!text.isBlank(), index, member + " is missing");
        return text;
    }

    private static boolean isProfile(JsonNode profile) {
        return profile.path("alpha").isNumber()
                && profile.path("alpha").asDouble() > 0
                && profile.path("beta").isNumber();
    }

    private static void require(boolean holds, int index, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("profile %d: %s".formatted(index + 1, otherwise));
        }
    }
}
