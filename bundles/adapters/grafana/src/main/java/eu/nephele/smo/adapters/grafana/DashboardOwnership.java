// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.grafana;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.WorkloadRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** Marks of the dashboards of one installation: tags, and uids that never collide although names may be equal. */
record DashboardOwnership(String owner) {

    private static final String OURS = "smo";

    /** Grafana's uids have at most 40 characters. */
    private static final int UID_DIGITS = 32;

    /** Grafana's tags have at most 50 characters. */
    private static final int TAG_LENGTH = 50;

    private static final int TAG_DIGITS = 12;

    private static final Pattern GIVEN = Pattern.compile("smo-[gs]-[0-9a-f]{%d}".formatted(UID_DIGITS));

    String graph(GraphId graph) {
        return uid('g', graph.project(), graph.name());
    }

    String service(WorkloadRef service) {
        return uid('s', service.graph().project(), service.graph().name(), service.service());
    }

    String cluster(ClusterId cluster) {
        return uid('c', cluster.source(), cluster.name());
    }

    String projectFolder(String project) {
        return uid('p', project);
    }

    String clustersFolder() {
        return uid('f');
    }

    List<String> tags(GraphId graph) {
        return List.of(OURS, ownerTag(), graphTag(graph));
    }

    List<String> tags() {
        return List.of(OURS, ownerTag());
    }

    /** Dashboards of graphs and services. A copy made in Grafana has the tags of its original, and its own uid. */
    static boolean isOfGraphOrService(String uid) {
        return GIVEN.matcher(uid).matches();
    }

    boolean own(Collection<String> tags) {
        return tags.containsAll(tags());
    }

    private String ownerTag() {
        return tag("smo-owner:", owner);
    }

    private static String graphTag(GraphId graph) {
        return tag("smo-graph:", graph.toString());
    }

    private static String tag(String key, String value) {
        String whole = key + value;
        return whole.length() <= TAG_LENGTH
                ? whole
                : whole.substring(0, TAG_LENGTH - TAG_DIGITS - 1)
                        + "-"
                        + sha256(value).substring(0, TAG_DIGITS);
    }

    private String uid(char kind, String... names) {
        // no name contains this character, so that different names never give the same text
        String whole = kind + "\0" + owner + "\0" + String.join("\0", names);
        return "smo-" + kind + "-" + sha256(whole).substring(0, UID_DIGITS);
    }

    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
