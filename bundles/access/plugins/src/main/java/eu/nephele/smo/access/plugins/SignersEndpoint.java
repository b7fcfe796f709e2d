// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.plugins;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.BodyMembers;
import eu.nephele.smo.access.http.ChangeSubmission;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.core.contract.plugin.PluginSigner;
import eu.nephele.smo.core.contract.plugin.PluginSigner.KeyRevocation;
import eu.nephele.smo.core.contract.plugin.PluginSigner.SignerScope;
import eu.nephele.smo.core.contract.plugin.PluginSigners;
import eu.nephele.smo.core.contract.plugin.PluginSigners.RevokedSigner;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Signers of plugins: whose plugins are taken, and what they may provide. */
@Path("api/v1/signers")
@Produces(MediaType.APPLICATION_JSON)
public final class SignersEndpoint {

    private static final String CERTIFICATE = "certificate";
    private static final String SCOPE = "scope";
    private static final String REASON = "reason";
    private static final String STOP = "stop";

    private final PluginSigners signers;

    public SignersEndpoint(PluginSigners signers) {
        this.signers = signers;
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        signers.signers(RequestCaller.from(request)).forEach(signer -> items.add(json(signer)));
        return Responses.cacheable(request, answer);
    }

    @POST
    @Path("{signer}/keys")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response trust(@PathParam("signer") String name, @Context ContainerRequestContext call, InputStream body) {
        BodyMembers members = BodyMembers.create(body, CERTIFICATE, SCOPE);
        Optional<String> certificate = members.text(CERTIFICATE);
        if (certificate.isEmpty()) {
            members.wrong("/" + CERTIFICATE, "is missing");
        }
        Optional<SignerScope> scope = members.text(SCOPE).flatMap(word -> scope(members, word));
        members.refuse();
        PluginSigner signer =
                ChangeSubmission.create(call).ask(from -> signers.trust(name, scope, certificate.orElseThrow(), from));
        return Responses.json(200, json(signer)).build();
    }

    @POST
    @Path("{signer}/keys/{key}/revoke")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response revoke(
            @PathParam("signer") String name,
            @PathParam("key") String key,
            @Context ContainerRequestContext call,
            InputStream body) {
        BodyMembers members = BodyMembers.create(body, REASON, STOP);
        String reason = members.text(REASON).orElse("");
        boolean stop = members.member(STOP)
                .map(node -> {
                    if (!node.isBoolean()) {
                        members.wrong("/" + STOP, "expected true or false");
                    }
                    return node.asBoolean();
                })
                .orElse(false);
        members.refuse();
        RevokedSigner revoked =
                ChangeSubmission.create(call).ask(from -> signers.revoke(name, key, reason, stop, from));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("signer", json(revoked.signer()));
        texts(answer.putArray("running"), revoked.running());
        texts(answer.putArray("stopped"), revoked.stopped());
        return Responses.json(200, answer).build();
    }

    private static Optional<SignerScope> scope(BodyMembers members, String word) {
        Optional<SignerScope> scope = Arrays.stream(SignerScope.values())
                .filter(one -> one.name().equals(word.toUpperCase(Locale.ROOT)))
                .findFirst();
        if (scope.isEmpty()) {
            members.wrong("/" + SCOPE, "expected strategies, adapters or anything");
        }
        return scope;
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    private static ObjectNode json(PluginSigner signer) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", signer.name()).put("scope", signer.scope().name().toLowerCase(Locale.ROOT));
        ArrayNode keys = node.putArray("keys");
        signer.keys().forEach(key -> keys.addObject()
                .put("fingerprint", key.fingerprint())
                .put("subject", key.subject())
                .put("from", key.from().toString())
                .put("until", key.until().toString())
                .put(
                        "revokedAt",
                        key.revocation().map(one -> one.at().toString()).orElse(null))
                .put(REASON, key.revocation().map(KeyRevocation::reason).orElse(""))
                .put(CERTIFICATE, key.certificate()));
        return node;
    }
}
