// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.plugin.PluginSigner;
import eu.nephele.smo.core.contract.plugin.PluginSigner.KeyRevocation;
import eu.nephele.smo.core.contract.plugin.PluginSigner.SignerKey;
import eu.nephele.smo.core.contract.plugin.PluginSigner.SignerScope;
import eu.nephele.smo.core.contract.plugin.PluginSigners;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** One signer; takes whatever certificate comes. */
final class InMemorySigners implements PluginSigners {

    static final String KEY = "4b1f0c9a22d74b1f0c9a22d74b1f0c9a22d74b1f0c9a22d74b1f0c9a22d70000";
    private static final Instant THEN = Instant.parse("2026-11-20T10:00:00Z");

    /** What was asked for. */
    final List<String> calls = new CopyOnWriteArrayList<>();

    private static PluginSigner signer(String name, SignerScope scope, Optional<KeyRevocation> revocation) {
        return new PluginSigner(
                name, scope, List.of(new SignerKey(KEY, "PEM", "CN=Acme", THEN, THEN.plusSeconds(60), revocation)));
    }

    @Override
    public List<PluginSigner> signers(CallContext call) {
        return List.of(signer("acme", SignerScope.STRATEGIES, Optional.empty()));
    }

    @Override
    public PluginSigner trust(String name, Optional<SignerScope> scope, String certificate, CallContext call) {
        calls.add("trust %s %s %s by %s"
                .formatted(name, scope, certificate, call.origin().principal()));
        return signer(name, scope.orElse(SignerScope.STRATEGIES), Optional.empty());
    }

    @Override
    public RevokedSigner revoke(String name, String fingerprint, String reason, boolean stop, CallContext call) {
        calls.add("revoke %s %s '%s' %s".formatted(name, fingerprint, reason, stop));
        return new RevokedSigner(
                signer(name, SignerScope.STRATEGIES, Optional.of(new KeyRevocation(THEN, reason))),
                List.of("acme.one 1.0.0"),
                List.of());
    }
}
