// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins;

import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.plugin.PluginSigner;
import eu.nephele.smo.core.contract.plugin.PluginSigner.KeyRevocation;
import eu.nephele.smo.core.contract.plugin.PluginSigner.SignerKey;
import eu.nephele.smo.core.contract.plugin.PluginSigner.SignerScope;
import eu.nephele.smo.core.contract.plugin.PluginSigners.RevokedSigner;
import eu.nephele.smo.core.contract.plugin.SignerKeys;
import eu.nephele.smo.core.plugins.admission.SignerTrust;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes whose plugins are taken. Done by the one thread that changes plugins, between two of their changes. */
final class SignerLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SignerLifecycle.class);
    private static final Duration CHANGE = Duration.ofSeconds(60);
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,58}[a-z0-9])?");
    private static final int LEAST_DIGITS = 12;
    private static final int MOST_REASON = 300;

    private final PluginContext pluginContext;
    private final PluginWorker worker;
    private final PluginRemover removing;

    SignerLifecycle(PluginContext pluginContext, PluginWorker worker, PluginRemover removing) {
        this.pluginContext = pluginContext;
        this.worker = worker;
        this.removing = removing;
    }

    List<PluginSigner> signers() {
        return pluginContext.state().now().signers();
    }

    PluginSigner trust(String name, Optional<SignerScope> scope, String certificate) {
        if (!NAME.matcher(name).matches()) {
            throw SmoException.invalid(
                    "'%s' is no name of a signer: 1 to 60 lower-case letters, digits, dots, hyphens".formatted(name),
                    List.of());
        }
        SignerKey key = key(certificate);
        return worker.call("The change of signer " + name, CHANGE, () -> {
            checkFree(name, key);
            Optional<PluginSigner> before = find(name);
            List<SignerKey> keys =
                    new ArrayList<>(before.map(PluginSigner::keys).orElse(List.of()));
            keys.removeIf(other -> other.fingerprint().equals(key.fingerprint()));
            keys.add(key);
            return put(new PluginSigner(
                    name, scope.or(() -> before.map(PluginSigner::scope)).orElse(SignerScope.STRATEGIES), keys));
        });
    }

    private static SignerKey key(String certificate) {
        try {
            return SignerKeys.read(certificate);
        } catch (IllegalArgumentException unusable) {
            throw SmoException.invalid(String.valueOf(unusable.getMessage()), List.of());
        }
    }

    private void checkFree(String name, SignerKey key) {
        for (PluginSigner signer : signers()) {
            for (SignerKey other : signer.keys()) {
                if (!other.fingerprint().equals(key.fingerprint())) {
                    continue;
                }
                if (!signer.name().equals(name)) {
                    throw SmoException.conflict("This key is that of signer %s".formatted(signer.name()));
                }
                other.revocation().map(SignerTrust::revoked).ifPresent(how -> {
                    throw SmoException.conflict("This key %s; a revoked key stays revoked".formatted(how));
                });
            }
        }
    }

    RevokedSigner revoke(String name, String fingerprint, String reason, boolean stop) {
        String digits = fingerprint.toLowerCase(Locale.ROOT).replace(":", "");
        if (digits.length() < LEAST_DIGITS || reason.length() > MOST_REASON) {
            throw SmoException.invalid(
                    "A key is named by at least %d digits of its fingerprint, a reason has at most %d characters"
                            .formatted(LEAST_DIGITS, MOST_REASON),
                    List.of());
        }
        return worker.call("The revocation of a key of signer " + name, CHANGE, () -> {
            PluginSigner signer =
                    find(name).orElseThrow(() -> SmoException.notFound("Signer %s does not exist".formatted(name)));
            List<SignerKey> meant = signer.keys().stream()
                    .filter(key -> key.fingerprint().startsWith(digits))
                    .toList();
            if (meant.size() != 1) {
                throw SmoException.notFound(
                        "Signer %s has %d keys that begin with %s".formatted(name, meant.size(), digits));
            }
            SignerKey key = meant.get(0);
            PluginSigner now = key.revocation().isPresent() ? signer : put(without(signer, key, reason));
            return ended(now, key, stop);
        });
    }

    private PluginSigner without(PluginSigner signer, SignerKey revoked, String reason) {
        return new PluginSigner(
                signer.name(),
                signer.scope(),
                signer.keys().stream()
                        .map(key -> key.equals(revoked)
                                ? new SignerKey(
                                        key.fingerprint(),
                                        key.certificate(),
                                        key.subject(),
                                        key.from(),
                                        key.until(),
                                        Optional.of(new KeyRevocation(
                                                pluginContext.clock().instant(), reason.strip())))
                                : key)
                        .toList());
    }

    private RevokedSigner ended(PluginSigner signer, SignerKey key, boolean stop) {
        List<String> running = new ArrayList<>();
        List<String> stopped = new ArrayList<>();
        for (InstalledPlugin installedPlugin : new RevokedPlugins(pluginContext).signedBy(key.fingerprint())) {
            String who = installedPlugin.plugin().id() + " "
                    + installedPlugin.plugin().version();
            if (stop) {
                removing.stop(installedPlugin, "stopped: the key that signed it was revoked");
                stopped.add(who);
            } else {
                running.add(who);
            }
        }
        LOG.warn(
                "key of signer revoked signer={} key={} running=\"{}\" stopped=\"{}\"",
                signer.name(),
                key.fingerprint(),
                String.join(", ", running),
                String.join(", ", stopped));
        return new RevokedSigner(signer, running, stopped);
    }

    private Optional<PluginSigner> find(String name) {
        return signers().stream().filter(signer -> signer.name().equals(name)).findFirst();
    }

    private PluginSigner put(PluginSigner signer) {
        List<PluginSigner> next = new ArrayList<>(signers());
        next.removeIf(other -> other.name().equals(signer.name()));
        next.add(signer);
        next.sort(Comparator.comparing(PluginSigner::name));
        try {
            pluginContext.state().signers(next);
        } catch (IOException full) {
            throw SmoException.of(
                    SmoException.Kind.UNAVAILABLE,
                    "disk",
                    "The signers could not be written: %s".formatted(full.getMessage()),
                    Optional.empty());
        }
        LOG.info(
                "signer changed signer={} scope={} keys={}",
                signer.name(),
                signer.scope(),
                signer.keys().size());
        return signer;
    }
}
