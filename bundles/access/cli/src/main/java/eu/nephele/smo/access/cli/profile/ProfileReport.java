// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.cli.profile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.cli.terminal.TableRenderer;
import eu.nephele.smo.access.cli.terminal.Terminal;
import eu.nephele.smo.scaling.profiler.CapacityLine;
import eu.nephele.smo.scaling.profiler.FitQuality;
import eu.nephele.smo.scaling.profiler.FittedProfile;
import eu.nephele.smo.scaling.profiler.ProfileFit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A fit as people and programs read it. */
final class ProfileReport {

    /** Of the moments: what the careful profile is shown for. */
    private static final double CAREFUL = 0.9;

    private static final MathContext DIGITS = new MathContext(4);

    private ProfileReport() {}

    static void print(Terminal terminal, ProfileFit fit, String service) {
        fit.profile().ifPresent(profile -> table(terminal, profile));
        if (fit.proposed().isEmpty()) {
            terminal.bad(fit.reason());
            return;
        }
        terminal.good(fit.reason());
        terminal.line("");
        CapacityLine line = fit.proposed().get().line();
        CapacityLine careful = careful(fit.proposed().get());
        terminal.line("services:");
        terminal.line("  - id: " + service);
        terminal.line("    scaling:");
        terminal.line("      # careful; fitted: { alpha: %s, beta: %s }"
                .formatted(number(line.alpha()), number(line.beta())));
        terminal.line(
                "      profile: { alpha: %s, beta: %s }".formatted(number(careful.alpha()), number(careful.beta())));
    }

    private static void table(Terminal terminal, FittedProfile profile) {
        CapacityLine line = profile.line();
        CapacityLine careful = careful(profile);
        FitQuality quality = profile.quality();
        terminal.table(new TableRenderer("", "alpha", "beta", "")
                .row("fitted", number(line.alpha()), number(line.beta()), "r replicas serve alpha * r + beta")
                .row(
                        "90 % interval, half",
                        number(profile.alphaError()),
                        number(profile.betaError()),
                        "capacity: %s %%".formatted(percent(quality.capacityError())))
                .row("careful", number(careful.alpha()), number(careful.beta()), "what is there at 90 of 100 moments"));
        terminal.line("");
        terminal.line("%d of %d samples tell about capacity (%s), %d are no outliers"
                .formatted(quality.observations(), quality.samples(), evidence(quality), quality.used()));
        terminal.line("%d to %d replicas, %d different numbers; scatter %s %%, explained %s %%"
                .formatted(
                        quality.minReplicas(),
                        quality.maxReplicas(),
                        quality.replicaCounts(),
                        percent(quality.spread()),
                        percent(quality.explained())));
    }

    private static String evidence(FitQuality quality) {
        return quality.evidence().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(kind -> "%s: %d".formatted(kind.getKey().words(), kind.getValue()))
                .collect(Collectors.joining(", "));
    }

    static ObjectNode json(ProfileFit fit) {
        ObjectNode root = JsonNodeFactory.instance
                .objectNode()
                .put("verdict", fit.verdict().name())
                .put("reason", fit.reason())
                .put("proposed", fit.proposed().isPresent());
        fit.profile().ifPresent(profile -> {
            coefficients(root.putObject("profile"), profile.line());
            coefficients(root.putObject("careful"), careful(profile));
            root.putObject("interval90")
                    .put("alpha", profile.alphaError())
                    .put("beta", profile.betaError())
                    .put("capacityShare", profile.quality().capacityError());
            quality(root.putObject("quality"), profile.quality());
        });
        return root;
    }

    /** What a scaler gets. */
    static CapacityLine careful(FittedProfile profile) {
        return profile.cautious(CAREFUL);
    }

    static void coefficients(ObjectNode node, CapacityLine line) {
        node.put("alpha", line.alpha()).put("beta", line.beta());
    }

    private static void quality(ObjectNode node, FitQuality quality) {
        node.put("samples", quality.samples())
                .put("observations", quality.observations())
                .put("used", quality.used())
                .put("minReplicas", quality.minReplicas())
                .put("maxReplicas", quality.maxReplicas())
                .put("replicaCounts", quality.replicaCounts())
                .put("spread", quality.spread())
                .put("explained", quality.explained())
                .put("spanSeconds", quality.span().toSeconds());
        ObjectNode evidence = node.putObject("evidence");
        quality.evidence().forEach((kind, count) -> evidence.put(kind.name(), count));
    }

    static String number(double value) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros().toPlainString()
                : "-";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }
}
