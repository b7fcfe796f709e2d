// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.client.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.client.call.CallFactory;
import eu.nephele.smo.access.client.call.PagedItems;
import eu.nephele.smo.access.client.call.RequestBody;
import eu.nephele.smo.access.client.call.SmoCall;
import eu.nephele.smo.access.client.json.JsonFields;
import eu.nephele.smo.access.client.model.SmoCaller;
import eu.nephele.smo.access.client.model.SmoGrant;
import eu.nephele.smo.access.client.model.SmoKey;
import eu.nephele.smo.access.client.model.SmoNewKey;
import eu.nephele.smo.access.client.model.SmoUser;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Users, API keys, grants, and who the caller is. */
public final class IdentityCalls {

    private final CallFactory calls;

    public IdentityCalls(CallFactory calls) {
        this.calls = calls;
    }

    public SmoCall<SmoCaller> whoAmI() {
        return calls.get(CallFactory.nativePath("whoami")).as(SmoCaller::from);
    }

    public PagedItems<SmoUser> users() {
        return new PagedItems<>(calls, CallFactory.nativePath("users"), SmoUser::from);
    }

    public SmoCall<SmoUser> createUser(String name, String fullName) {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("name", name).put("fullName", fullName);
        return calls.change("POST", CallFactory.nativePath("users"), Optional.of(RequestBody.json(body.toString())))
                .as(SmoUser::from);
    }

    public SmoCall<JsonNode> removeUser(String name) {
        return calls.remove(CallFactory.nativePath("users", name));
    }

    public PagedItems<SmoKey> keys() {
        return new PagedItems<>(calls, CallFactory.nativePath("keys"), SmoKey::from);
    }

    public SmoCall<SmoNewKey> createKey(String name, Optional<Instant> until) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", name);
        until.ifPresent(time -> body.put("until", time.toString()));
        return calls.change("POST", CallFactory.nativePath("keys"), Optional.of(RequestBody.json(body.toString())))
                .as(SmoNewKey::from);
    }

    public SmoCall<SmoNewKey> rotateKey(String name, Duration overlap) {
        return calls.change(
                        "POST",
                        CallFactory.nativePath("keys", name, "rotate"),
                        Optional.of(RequestBody.json("{\"overlapMinutes\":" + overlap.toMinutes() + "}")))
                .as(SmoNewKey::from);
    }

    public SmoCall<JsonNode> removeKey(String name) {
        return calls.remove(CallFactory.nativePath("keys", name));
    }

    public PagedItems<SmoGrant> grants() {
        return new PagedItems<>(calls, CallFactory.nativePath("grants"), SmoGrant::from);
    }

    /** Grants a role in a project; the id of the grant. */
    public SmoCall<String> grant(String subject, String role, String project) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("subject", subject)
                .put("role", role)
                .put("project", project);
        return calls.change("POST", CallFactory.nativePath("grants"), Optional.of(RequestBody.json(body.toString())))
                .as(answer -> new JsonFields(answer).text("id"));
    }

    public SmoCall<JsonNode> revoke(String grant) {
        return calls.remove(CallFactory.nativePath("grants", grant));
    }
}
