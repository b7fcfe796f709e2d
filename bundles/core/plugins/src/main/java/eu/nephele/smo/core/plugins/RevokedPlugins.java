// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.core.contract.plugin.Plugin;
import eu.nephele.smo.core.contract.plugin.Plugin.AdmissionFinding;
import eu.nephele.smo.core.contract.plugin.Plugin.FindingVerdict;
import eu.nephele.smo.core.contract.plugin.Plugin.PluginState;
import eu.nephele.smo.core.contract.plugin.PluginSigner.SignerKey;
import eu.nephele.smo.core.plugins.admission.SignerTrust;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds plugins that run although the key that signed them was revoked since. */
final class RevokedPlugins {

    private final PluginContext pluginContext;

    RevokedPlugins(PluginContext pluginContext) {
        this.pluginContext = pluginContext;
    }

    /** Running plugins that a key has signed. */
    List<InstalledPlugin> signedBy(String fingerprint) {
        return pluginContext.pluginInventory().all().stream()
                .filter(installedPlugin -> installedPlugin.plugin().state() == PluginState.ACTIVE
                        && key(installedPlugin).filter(fingerprint::equals).isPresent())
                .toList();
    }

    private static Optional<String> key(InstalledPlugin installedPlugin) {
        return installedPlugin.read().flatMap(read -> read.signature().key());
    }

    /** A sentence each. */
    List<String> warnings() {
        return found().values().stream()
                .map(one -> "plugin %s %s runs and its key %s; stop or remove it: it does not come back after a restart"
                        .formatted(one.plugin().id(), one.plugin().version(), one.how()))
                .sorted()
                .toList();
    }

    private record RevokedPlugin(Plugin plugin, String how) {}

    /** By digest. */
    private Map<String, RevokedPlugin> found() {
        Map<String, String> revoked = pluginContext.state().now().signers().stream()
                .flatMap(signer -> signer.keys().stream())
                .filter(key -> key.revocation().isPresent())
                .collect(Collectors.toMap(
                        SignerKey::fingerprint,
                        key -> key.revocation().map(SignerTrust::revoked).orElse("")));
        if (revoked.isEmpty()) {
            return Map.of();
        }
        return pluginContext.pluginInventory().all().stream()
                .filter(installedPlugin -> installedPlugin.plugin().state() == PluginState.ACTIVE)
                .flatMap(installedPlugin -> key(installedPlugin)
                        .flatMap(key -> Optional.ofNullable(revoked.get(key)))
                        .map(how -> new RevokedPlugin(installedPlugin.plugin(), how))
                        .stream())
                .collect(Collectors.toMap(one -> one.plugin().artifact().sha256(), one -> one, (one, other) -> one));
    }

    /** The same, those with a revoked key with a finding that says so. */
    List<Plugin> shown(List<Plugin> plugins) {
        Map<String, RevokedPlugin> found = found();
        return plugins.stream()
                .map(plugin -> plugin.state() == PluginState.ACTIVE
                                && found.containsKey(plugin.artifact().sha256())
                        ? saying(plugin, found.get(plugin.artifact().sha256()).how())
                        : plugin)
                .toList();
    }

    private static Plugin saying(Plugin plugin, String how) {
        String detail = "its key %s; stop or remove it".formatted(how);
        List<AdmissionFinding> findings = new ArrayList<>(plugin.admission());
        findings.add(new AdmissionFinding("revoked", FindingVerdict.WARNED, detail));
        return new Plugin(
                plugin.id(),
                plugin.version(),
                plugin.artifact(),
                plugin.state(),
                plugin.why().isEmpty() ? detail : plugin.why() + "; " + detail,
                plugin.replaces(),
                plugin.installSource(),
                findings,
                plugin.conformance(),
                plugin.services(),
                plugin.imports(),
                plugin.times());
    }
}
