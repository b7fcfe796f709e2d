// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.profile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.scaling.profiler.FitQuality;
import eu.nephele.smo.scaling.profiler.FittedProfile;
import eu.nephele.smo.scaling.profiler.ProfileFit;
import eu.nephele.smo.scaling.profiler.ProfileName;
import java.time.Instant;

/**
 * A fit as the proposal that a server would have made of it.
 *
 * @param name that the server gives the profile of this artifact
 * @param desired as the server takes it
 */
record ProposedProfile(String name, ObjectNode desired) {

    private static final int MOST_ORIGIN_CHARACTERS = 1000;

    /**
     * @param reference {@code oci://host[:port]/path[:tag][@digest]}
     * @param source what was fitted, for people
     */
    static ProposedProfile from(ProfileFit fit, String reference, String source, Instant at) {
        FittedProfile profile = fit.proposed().orElseThrow();
        int digest = reference.indexOf('@');
        String named = digest < 0 ? reference : reference.substring(0, digest);
        int colon = named.lastIndexOf(':');
        boolean tagged = colon > named.lastIndexOf('/');
        String artifact = tagged ? named.substring(0, colon) : named;
        String version =
                tagged ? named.substring(colon + 1) : reference.substring(digest < 0 ? reference.length() : digest + 1);

        ObjectNode desired =
                JsonNodeFactory.instance.objectNode().put("artifact", artifact).put("version", version);
        ObjectNode proposal = desired.putObject("proposal");
        ProfileReport.coefficients(proposal, profile.line());
        ProfileReport.coefficients(proposal.putObject("careful"), ProfileReport.careful(profile));
        proposal.put("origin", origin(source, fit.reason())).put("at", at.toString());
        FitQuality quality = profile.quality();
        proposal.putObject("quality")
                .put("observations", quality.used())
                .put("minReplicas", quality.minReplicas())
                .put("maxReplicas", quality.maxReplicas())
                .put("spread", quality.spread())
                .put("capacityError", quality.capacityError())
                .put("explained", quality.explained());
        return new ProposedProfile(ProfileName.create(artifact, version), desired);
    }

    /** The server takes as much text. */
    private static String origin(String source, String reason) {
        String origin = "fitted from %s: %s".formatted(source, reason);
        return origin.substring(0, Math.min(MOST_ORIGIN_CHARACTERS, origin.length()));
    }

    /** As {@link ProfileFile} reads it. */
    String file() {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("name", name);
        document.set("desired", desired);
        return JsonNodeFactory.instance.arrayNode().add(document).toPrettyString() + "\n";
    }
}
