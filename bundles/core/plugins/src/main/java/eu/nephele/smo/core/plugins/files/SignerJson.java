// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.plugins.files;

import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import eu.nephele.smo.core.contract.plugin.PluginSigner;
import eu.nephele.smo.core.contract.plugin.PluginSigner.KeyRevocation;
import eu.nephele.smo.core.contract.plugin.PluginSigner.SignerKey;
import eu.nephele.smo.core.contract.plugin.PluginSigner.SignerScope;
import eu.nephele.smo.core.contract.plugin.SignerKeys;
import java.util.Optional;

final class SignerJson {

    private SignerJson() {}

    static JsonObject write(PluginSigner signer) {
        return new JsonFieldWriter()
                .put("name", signer.name())
                .put("scope", signer.scope().name())
                .put("keys", JsonFieldWriter.array(signer.keys(), SignerJson::key))
                .object();
    }

    private static JsonObject key(SignerKey key) {
        JsonFieldWriter fields = new JsonFieldWriter().put("certificate", key.certificate());
        key.revocation()
                .ifPresent(revocation ->
                        fields.put("revokedAt", revocation.at().toString()).put("reason", revocation.reason()));
        return fields.object();
    }

    /** @throws IllegalArgumentException when it is not what was written */
    static PluginSigner read(JsonObject json) {
        JsonFieldReader fields = new JsonFieldReader(json);
        return new PluginSigner(
                fields.text("name"),
                SignerScope.valueOf(fields.text("scope")),
                fields.objects("keys").stream().map(SignerJson::key).toList());
    }

    /** What the certificate tells is read from it. */
    private static SignerKey key(JsonObject json) {
        JsonFieldReader fields = new JsonFieldReader(json);
        SignerKey key = SignerKeys.read(fields.text("certificate"));
        Optional<KeyRevocation> revocation = fields.optionalText("revokedAt")
                .map(at -> new KeyRevocation(
                        fields.instant("revokedAt"),
                        fields.optionalText("reason").orElse("")));
        return new SignerKey(key.fingerprint(), key.certificate(), key.subject(), key.from(), key.until(), revocation);
    }
}
