// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.life;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.plugins.settings.PluginSettings;
import eu.nephele.smo.core.plugins.settings.PluginSettings.Policy;
import eu.nephele.smo.lab.conformance.Check;
import eu.nephele.smo.lab.conformance.ConformanceReport;
import eu.nephele.smo.lab.conformance.kit.ConformanceKit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

/** Runs the conformance kit on the services of a plugin, before they are used. */
public final class ConformanceExamination {

    private static final Duration ACTIVATION = Duration.ofSeconds(5);
    /** The kit ends in time by itself; a plugin that blocks its thread does not block ours. */
    private static final Duration OVERTIME = Duration.ofSeconds(2);

    private final BundleContext context;
    private final PluginBundles pluginBundles;

    public ConformanceExamination(BundleContext context, PluginBundles pluginBundles) {
        this.context = context;
        this.pluginBundles = pluginBundles;
    }

    /**
     * Activates every service and examines it, unless that was done before with the same content.
     *
     * @return the report; empty when nothing is to be examined
     * @throws PluginStartException when a service cannot be activated, or fails where that is not allowed
     */
    public Optional<JsonObject> examine(List<Bundle> bundles, PluginSettings settings, Optional<JsonObject> known)
            throws PluginStartException {
        List<JsonValue> reports = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        boolean required = settings.conformance() == Policy.REQUIRE;
        boolean examined = settings.conformance() != Policy.OFF
                && known.filter(report -> !required || isComplete(report)).isEmpty();
        for (ServiceReference<?> reference : OfferedServices.examinable(bundles)) {
            Object service = activate(reference, bundles);
            try {
                if (examined) {
                    ConformanceKit kit = ConformanceKit.within(settings.examination());
                    ConformanceReport report = TimeLimitedCall.call(
                            "its examination",
                            reference.getBundle(),
                            kit.most().plus(OVERTIME),
                            () -> kit.examine(service, FrameworkUtil.asMap(reference.getProperties())));
                    reports.add(report.json());
                    report.checks().stream()
                            .filter(check -> check.result() == Check.Result.FAILED)
                            .forEach(check -> failed.add(
                                    "%s – %s: %s".formatted(report.subject(), check.name(), check.detail())));
                    if (required && !report.complete()) {
                        failed.add(("%s – required checks did not run within the time limit. Raise it above"
                                        + " %d s (conformanceSeconds of the PID %s)")
                                .formatted(
                                        report.subject(),
                                        settings.examination().toSeconds(),
                                        "eu.nephele.smo.core.plugins"));
                    }
                }
            } finally {
                context.ungetService(reference);
            }
        }
        Optional<JsonObject> report =
                examined ? Optional.of(report(failed.isEmpty(), reports)).filter(it -> !reports.isEmpty()) : known;
        if (required && report.filter(it -> !passed(it)).isPresent()) {
            throw new PluginStartException("it fails the conformance kit: " + String.join("; ", failed), report);
        }
        return report;
    }

    public static boolean passed(JsonObject report) {
        return report.get("passed").flatMap(JsonValue::asBoolean).orElse(false);
    }

    private static boolean isComplete(JsonObject report) {
        return report.get("services").flatMap(JsonValue::asArray).orElse(List.of()).stream()
                .flatMap(service -> service.asObject().stream())
                .flatMap(service -> service.get("complete").stream())
                .allMatch(complete -> complete.asBoolean().orElse(false));
    }

    private Object activate(ServiceReference<?> reference, List<Bundle> bundles) throws PluginStartException {
        Object service = TimeLimitedCall.call(
                        "its activation",
                        reference.getBundle(),
                        ACTIVATION,
                        () -> Optional.<Object>ofNullable(context.getService(reference)))
                .orElse(null);
        if (service == null) {
            throw new PluginStartException(pluginBundles
                    .components(bundles)
                    .failures()
                    .orElse("its service %s cannot be activated; the log says why".formatted(reference)));
        }
        return service;
    }

    private static JsonObject report(boolean passed, List<JsonValue> services) {
        JsonFieldWriter members = new JsonFieldWriter();
        members.put("passed", passed);
        members.put("kit", kit());
        members.put("services", new JsonArray(services));
        return members.object();
    }

    /** Version of the kit: its verdict on a file holds as long as the kit is the same. */
    public static String kit() {
        Bundle bundle = FrameworkUtil.getBundle(ConformanceKit.class);
        return bundle == null ? "embedded" : bundle.getVersion().toString();
    }
}
