// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.helm.worker;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.UninstallCommand;
import com.marcnuri.helm.UpgradeCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations of Helm. All names are arguments of a library; no command line is built from them. */
final class HelmOperations {

    private final Path temporary;

    /** @param temporary folder for values, which Helm reads from files only */
    HelmOperations(Path temporary) {
        this.temporary = temporary;
    }

    Map<String, String> perform(Frame request) throws IOException {
        return switch (request.word()) {
            case "version" -> Map.of(Frame.VERSION, Helm.version().call());
            case "values" ->
                Map.of(Frame.OUTPUT, present(chart(request).show().values().call()));
            case "template" -> withValues(request, HelmOperations::template);
            case "install" -> withValues(request, HelmOperations::install);
            case "upgrade" -> withValues(request, HelmOperations::upgrade);
            case "uninstall" -> uninstall(request);
            default -> throw new IllegalArgumentException("Unknown operation of the worker: " + request.word());
        };
    }

    private interface HelmOperation {
        String with(Frame request, Path values);
    }

    private static String template(Frame request, Path values) {
        return chart(request)
                .template()
                .withName(request.text(Frame.NAME))
                .withNamespace(request.text(Frame.NAMESPACE))
                .withValuesFile(values)
                .call();
    }

    private static String install(Frame request, Path values) {
        InstallCommand install = chart(request)
                .install()
                .withName(request.text(Frame.NAME))
                .withNamespace(request.text(Frame.NAMESPACE))
                .withDescription(request.text(Frame.DESCRIPTION))
                .withTimeout(timeout(request))
                .withValuesFile(values)
                .withKubeConfigContents(request.text(Frame.KUBECONFIG));
        return install.call().getStatus();
    }

    /** Values are complete: those of the former revision are never reused. */
    private static String upgrade(Frame request, Path values) {
        UpgradeCommand upgrade = chart(request)
                .upgrade()
                .withName(request.text(Frame.NAME))
                .withNamespace(request.text(Frame.NAMESPACE))
                .withDescription(request.text(Frame.DESCRIPTION))
                .withTimeout(timeout(request))
                .resetValues()
                .withValuesFile(values)
                .withKubeConfigContents(request.text(Frame.KUBECONFIG));
        return upgrade.call().getStatus();
    }

    private static Map<String, String> uninstall(Frame request) {
        UninstallCommand uninstall = Helm.uninstall(request.text(Frame.NAME))
                .withNamespace(request.text(Frame.NAMESPACE))
                .ignoreNotFound()
                .withKubeConfigContents(request.text(Frame.KUBECONFIG));
        if ("false".equals(request.text(Frame.HOOKS))) {
            uninstall.noHooks();
        }
        return Map.of(Frame.OUTPUT, present(uninstall.call()));
    }

    private static Helm chart(Frame request) {
        return new Helm(Path.of(request.text(Frame.CHART)));
    }

    /** The library returns null for an empty result. */
    private static String present(@Nullable String output) {
        return output == null ? "" : output;
    }

    private static int timeout(Frame request) {
        return Integer.parseInt(request.text(Frame.TIMEOUT_SECONDS));
    }

    private Map<String, String> withValues(Frame request, HelmOperation helmOperation) throws IOException {
        Path file = Files.createTempFile(
                temporary,
                "values",
                ".json",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(file, request.text(Frame.VALUES), StandardCharsets.UTF_8);
            return Map.of(Frame.OUTPUT, present(helmOperation.with(request, file)));
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
