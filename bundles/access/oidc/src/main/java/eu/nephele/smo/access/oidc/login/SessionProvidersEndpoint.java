// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.oidc.login;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.access.http.BodyMembers;
import eu.nephele.smo.access.http.RequestCaller;
import eu.nephele.smo.access.http.Responses;
import eu.nephele.smo.access.oidc.login.ProviderLogins.BrowserCode;
import eu.nephele.smo.access.oidc.login.ProviderLogins.BrowserRequest;
import eu.nephele.smo.access.oidc.login.ProviderLogins.DeviceLogin;
import eu.nephele.smo.access.oidc.login.ProviderSessions.DeviceOutcome;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.core.contract.json.StrictJson;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Logins of programs by an identity provider: begun here, confirmed there, exchanged for a session here. All of it without credentials. */
@Path("api/v1/session-providers")
@Produces(MediaType.APPLICATION_JSON)
public final class SessionProvidersEndpoint {

    private static final String FLOW = "flow";
    private static final String DEVICE = "device";
    private static final String BROWSER = "browser";
    private static final String REDIRECT = "redirectUri";
    private static final String CODE = "code";
    private static final String VERIFIER = "codeVerifier";
    private static final String DEVICE_CODE = "deviceCode";
    private static final int MOST_HOURS = 8760;

    /** Programs listen on this machine (RFC 8252, 7.3): whoever else is sent there has no use for the code. */
    private static final Pattern LOOPBACK =
            Pattern.compile("http://(127\\.0\\.0\\.1|\\[::1\\]):[0-9]{1,5}(/[A-Za-z0-9._~/-]{0,200})?");

    private static final Pattern DIGEST = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern STATE = Pattern.compile("[A-Za-z0-9_-]{16,200}");
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    /** Codes of providers are printable (RFC 6749, appendix A); some are whole tokens. */
    private static final Pattern CODES = Pattern.compile("[\\x20-\\x7e]{1,8000}");

    private final ProviderSessions logins;

    public SessionProvidersEndpoint(ProviderSessions logins) {
        this.logins = logins;
    }

    @GET
    public Response list(@Context ContainerRequestContext request) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        var items = list.putArray("items");
        logins.names().forEach(name -> items.addObject().put("name", name));
        return Responses.cacheable(request, list);
    }

    @POST
    @Path("{sessionProvider}/authorizations")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response begin(
            @PathParam("sessionProvider") String provider, @Context ContainerRequestContext request, InputStream body) {
        BodyMembers members = BodyMembers.create(body, FLOW, REDIRECT, "codeChallenge", "state");
        CallContext call = RequestCaller.from(request);
        if (members.word(FLOW, Set.of(DEVICE, BROWSER)).orElse(BROWSER).equals(DEVICE)) {
            members.refuse();
            return withSecret(200, shown(logins.beginDevice(provider, call)));
        }
        if (members.member(FLOW).isEmpty()) {
            members.wrong("/" + FLOW, "is missing");
        }
        String redirect = fitting(members, REDIRECT, LOOPBACK, "http://127.0.0.1:PORT with a path without a query");
        String challenge = fitting(members, "codeChallenge", DIGEST, "a SHA-256 in base64url (S256)");
        String state = fitting(members, "state", STATE, "16 to 200 letters, digits, - and _");
        members.refuse();
        BrowserRequest browser = new BrowserRequest(redirect, state, challenge, LoginSecret.nonce(challenge));
        return withSecret(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put(FLOW, BROWSER)
                        .put("address", logins.begin(provider, browser, call).toString()));
    }

    private static ObjectNode shown(DeviceLogin login) {
        ObjectNode shown = JsonNodeFactory.instance
                .objectNode()
                .put(FLOW, DEVICE)
                .put(DEVICE_CODE, login.deviceCode())
                .put("userCode", login.userCode())
                .put("address", login.address());
        login.wholeAddress().ifPresent(whole -> shown.put("wholeAddress", whole));
        return shown.put("seconds", login.seconds()).put("intervalSeconds", login.interval());
    }

    /** A login that is not confirmed yet is answered 202. */
    @POST
    @Path("{sessionProvider}/sessions")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response open(
            @PathParam("sessionProvider") String provider, @Context ContainerRequestContext request, InputStream body) {
        BodyMembers members = BodyMembers.create(body, DEVICE_CODE, CODE, VERIFIER, REDIRECT, "hours");
        Optional<Duration> lasting = members.member("hours").isEmpty()
                ? Optional.empty()
                : Optional.of(Duration.ofHours(members.number("hours", 1, MOST_HOURS, 1)));
        CallContext call = RequestCaller.from(request);
        if (members.member(DEVICE_CODE).isPresent()) {
            String code = fitting(members, DEVICE_CODE, CODES, "a code as the login began with");
            members.refuse();
            return answer(logins.open(provider, code, lasting, call));
        }
        String code = fitting(members, CODE, CODES, "a code of the provider, or a deviceCode");
        String verifier = fitting(members, VERIFIER, SECRET, "43 to 128 letters, digits and -._~");
        String redirect = fitting(members, REDIRECT, LOOPBACK, "the same as the login began with");
        members.refuse();
        String nonce = LoginSecret.nonce(LoginSecret.challenge(verifier));
        BrowserCode found = new BrowserCode(code, redirect, verifier, nonce);
        return withSecret(201, logins.open(provider, found, lasting, call));
    }

    private static Response answer(DeviceOutcome outcome) {
        return outcome.session()
                .map(session -> withSecret(201, session))
                .orElseGet(() ->
                        withSecret(202, JsonNodeFactory.instance.objectNode().put("slower", outcome.slower())));
    }

    private static String fitting(BodyMembers members, String name, Pattern pattern, String expected) {
        Optional<String> text = members.text(name);
        if (members.member(name).isEmpty()) {
            members.wrong("/" + name, "is missing");
        } else if (text.filter(given -> !pattern.matcher(given).matches()).isPresent()) {
            members.wrong("/" + name, "expected " + expected);
        }
        return text.orElse("");
    }

    private static Response withSecret(int status, JsonObject shown) {
        return withSecret(status, (ObjectNode) StrictJson.node(shown));
    }

    private static Response withSecret(int status, ObjectNode shown) {
        return Responses.json(status, shown)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
