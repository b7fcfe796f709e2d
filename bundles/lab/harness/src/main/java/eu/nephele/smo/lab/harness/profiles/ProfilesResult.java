// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.harness.profiles;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * Result of a run, as a table and as a line of JSON.
 *
 * @param twoHours learned from 2 hours of data
 * @param newVersion 15 minutes after a new version
 * @param unknownChange 15 minutes after a change that nobody announced
 * @param proposedFromNoise proposals for services whose readings are noise
 * @param tooHigh a day of services whose fixed coefficients are 30 % too high: fixed, learned, known
 * @param tooLow the same, 30 % too low
 */
record ProfilesResult(
        ProfilesOptions options,
        RecoveredProfiles twoHours,
        RecoveredProfiles newVersion,
        RecoveredProfiles unknownChange,
        int proposedFromNoise,
        List<ScaledServices> tooHigh,
        List<ScaledServices> tooLow) {

    private static final double PERCENT = 100;
    private static final double ROUNDED = 1_000;
    private static final double WITHIN = 0.05;
    private static final double MOST_REPLICAS = 1.1;

    /** Whether the figures are reached that the documentation states. */
    boolean isGood() {
        ScaledServices fixed = all(0);
        ScaledServices learned = all(1);
        return twoHours.learned() == twoHours.cases()
                && twoHours.worstAlpha() <= WITHIN
                && twoHours.worstCapacity() <= WITHIN
                && near(newVersion)
                && near(unknownChange)
                && proposedFromNoise == 0
                && learned.violationMinutes() <= fixed.violationMinutes() / 2
                && learned.replicaHours() <= fixed.replicaHours() * MOST_REPLICAS;
    }

    private static boolean near(RecoveredProfiles profiles) {
        return profiles.learned() >= 0.9 * profiles.cases() && profiles.near() >= 0.95 * profiles.learned();
    }

    private ScaledServices all(int at) {
        return tooHigh.get(at).and(tooLow.get(at));
    }

    String table() {
        StringBuilder table = new StringBuilder();
        add(
                table,
                "%-34s %8s %8s %10s %14s %14s%n",
                "learned",
                "services",
                "proposed",
                "within 5 %",
                "alpha, %",
                "capacity, %");
        recovered(table, "from 2 h", twoHours);
        recovered(table, "15 min after a new version", newVersion);
        recovered(table, "15 min after an unknown change", unknownChange);
        add(table, "%-34s %8d %8d%n", "from noise", options.services(), proposedFromNoise);
        add(table, "(errors: median, largest; capacity between the fewest and the most replicas seen)%n%n");
        add(table, "%-34s %18s %14s%n", "a day with coefficients", "violation minutes", "replica hours");
        for (int i = 0; i < tooHigh.size(); i++) {
            scaled(table, tooHigh.get(i), "30 % too high: ");
            scaled(table, tooLow.get(i), "30 % too low: ");
            scaled(table, all(i), "all: ");
        }
        return table.toString();
    }

    private static void recovered(StringBuilder table, String title, RecoveredProfiles profiles) {
        add(
                table,
                "%-34s %8d %8d %10d %14s %14s%n",
                title,
                profiles.cases(),
                profiles.learned(),
                profiles.near(),
                percent(profiles.medianAlpha()) + ", " + percent(profiles.worstAlpha()),
                percent(profiles.medianCapacity()) + ", " + percent(profiles.worstCapacity()));
    }

    private static void scaled(StringBuilder table, ScaledServices services, String which) {
        add(
                table,
                "%-34s %18.0f %14.0f%n",
                which + services.name(),
                services.violationMinutes(),
                services.replicaHours());
    }

    private static void add(StringBuilder table, String format, Object... values) {
        table.append(String.format(Locale.ROOT, format, values));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", share * PERCENT);
    }

    String json() {
        ObjectNode root = JsonNodeFactory.instance
                .objectNode()
                .put("benchmark", "profiles")
                .put("services", options.services())
                .put("noise", options.noise())
                .put("seed", options.seed());
        root.set("twoHours", json(twoHours));
        root.set("newVersion", json(newVersion));
        root.set("unknownChange", json(unknownChange));
        root.put("proposedFromNoise", proposedFromNoise);
        root.set("tooHigh", json(tooHigh));
        root.set("tooLow", json(tooLow));
        root.put("violationsSavedPercent", change(all(0).violationMinutes(), all(1).violationMinutes()));
        root.put("moreReplicasPercent", -change(all(0).replicaHours(), all(1).replicaHours()));
        return root.put("good", isGood()).toString();
    }

    private static double change(double before, double after) {
        return before == 0 ? 0 : rounded(PERCENT * (1 - after / before));
    }

    private static ObjectNode json(RecoveredProfiles profiles) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("cases", profiles.cases())
                .put("proposed", profiles.learned())
                .put("within5Percent", profiles.near())
                .put("alphaErrorMedian", rounded(profiles.medianAlpha()))
                .put("alphaErrorMost", rounded(profiles.worstAlpha()))
                .put("capacityErrorMedian", rounded(profiles.medianCapacity()))
                .put("capacityErrorMost", rounded(profiles.worstCapacity()))
                .put("betaErrorMedianOfAlpha", rounded(profiles.medianBeta()));
    }

    private static ObjectNode json(List<ScaledServices> services) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        services.forEach(one -> node.putObject(one.name())
                .put("violationMinutes", Math.round(one.violationMinutes()))
                .put("replicaHours", Math.round(one.replicaHours())));
        return node;
    }

    private static double rounded(double value) {
        return Math.round(value * ROUNDED) / ROUNDED;
    }
}
