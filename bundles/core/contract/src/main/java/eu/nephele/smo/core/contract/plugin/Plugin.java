// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.contract.plugin;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One version of a plugin.
 *
 * @param id symbolic name of its bundle
 * @param version version of its bundle
 * @param why the reason of that state, for people; "" without one
 * @param replaces whether it takes the place of a bundle of the product itself
 * @param installSource its install source
 * @param admission findings of admission, one entry per rule
 * @param conformance report of the conformance kit; empty while it was not examined
 * @param services its present services
 * @param imports packages that it imports, with their version ranges
 * @param times times of its installation and changes
 */
public record Plugin(
        String id,
        String version,
        PluginArtifact artifact,
        PluginState state,
        String why,
        boolean replaces,
        InstallSource installSource,
        List<AdmissionFinding> admission,
        Optional<JsonObject> conformance,
        List<OfferedService> services,
        List<String> imports,
        PluginTimes times) {

    public Plugin {
        admission = List.copyOf(admission);
        services = List.copyOf(services);
        imports = List.copyOf(imports);
    }

    /**
     * A file.
     *
     * @param sha256 its hex digest
     * @param signer subject of the certificate that signed it; empty when it is not signed
     */
    public record PluginArtifact(String file, String sha256, Optional<String> signer) {}

    /**
     * @param installedAt when it came in first
     * @param changedAt when its state changed last
     */
    public record PluginTimes(Instant installedAt, Instant changedAt) {}

    public enum PluginState {
        /** admission said no; none of its code runs */
        REFUSED,
        /** its code runs, its services are examined and not used yet */
        CHECKING,
        /** on trial beside the version that it is to replace */
        CANDIDATE,
        /** its services are used */
        ACTIVE,
        /** stopped by an operator; stays so over restarts */
        STOPPED,
        /** it could not be resolved or started, or failed its examination */
        FAILED
    }

    public enum InstallSource {
        FOLDER,
        REST,
        CONSOLE
    }

    /**
     * @param rule the checked rule, for example {@code signature}, {@code imports}, {@code exports}
     * @param verdict its result
     */
    public record AdmissionFinding(String rule, FindingVerdict verdict, String detail) {}

    public enum FindingVerdict {
        PASSED,
        WARNED,
        REFUSED
    }

    /**
     * @param kind {@code placement}, {@code scaling}, {@code objective}, {@code intent}, or the simple name of the
     *     service interface
     * @param name strategy id, objective, intent, or "" for others
     */
    public record OfferedService(String kind, String name, String version) {}
}
