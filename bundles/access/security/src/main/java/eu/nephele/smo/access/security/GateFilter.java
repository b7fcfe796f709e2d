// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.security;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.access.security.AccessPolicy.Identification;
import eu.nephele.smo.api.port.Authenticator;
import eu.nephele.smo.api.port.Authenticator.Principal;
import eu.nephele.smo.api.port.SecretSource;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.CallContext.Remote;
import eu.nephele.smo.api.runtime.Permissions;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.AccessGate;
import eu.nephele.smo.core.contract.access.AuditTrail;
import eu.nephele.smo.core.contract.access.SessionCookie;
import eu.nephele.smo.core.contract.identity.Role;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import eu.nephele.smo.core.contract.problem.ProblemDetails;
import eu.nephele.smo.core.contract.trace.Tracing;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Authentication filter before every servlet and resource of every context. It gives each call a correlation id and
 * admits the calls that the {@link AccessPolicy} allows. Gate and filter are one component, so that nothing is served
 * while the filter is missing.
 */
@Component(
        service = {AccessGate.class, Filter.class},
        configurationPid = GateFilter.PID,
        property = {
            "osgi.http.whiteboard.filter.pattern=/*",
            "osgi.http.whiteboard.filter.name=smo-gate",
            "osgi.http.whiteboard.filter.asyncSupported:Boolean=true",
            "osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=*)",
            "service.ranking:Integer=1000"
        })
@Designate(ocd = SecurityConfig.class)
public final class GateFilter implements AccessGate, Filter {

    static final String PID = "eu.nephele.smo.access.security";

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    /** Headers that the gate evaluates, each of which may occur once. */
    private static final List<String> JUDGED_HEADERS =
            List.of("Host", "Origin", "Authorization", "Cookie", "Sec-Fetch-Site");

    private static final Logger LOG = LoggerFactory.getLogger(GateFilter.class);

    private final AccessPolicy policy;
    private final AdminToken adminToken;
    private final Authenticator certificates = new CertificateAuthenticator();

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable Permissions permissions;

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, policyOption = GREEDY)
    private volatile List<Authenticator> authenticators = List.of();

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable AuditTrail audit;

    private final AccessAudit accessAudit = new AccessAudit(() -> Optional.ofNullable(audit), System::nanoTime);

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, policyOption = GREEDY)
    private volatile List<SecretSource> secretSources = List.of();

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable Tracing tracing;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable MetricsRecorder metrics;

    private final CallThrottle throttle;

    /**
     * @throws IOException when the administrator's token cannot be stored: the gate is missing then, and nothing is
     * served
     */
    @Activate
    public GateFilter(BundleContext context, SecurityConfig config) throws IOException {
        this(
                new GateSettings(
                        property(context, "org.apache.felix.http.host")
                                .or(() -> property(context, "org.osgi.service.http.host"))
                                .orElse(""),
                        List.of(config.hostNames()),
                        List.of(config.guardedPaths()),
                        List.of(config.guardedChanges()),
                        config.requireToken(),
                        role(config.anonymousRole()),
                        Optional.of(config.alertsSecret()).filter(reference -> !reference.isBlank())),
                tokenFile(context, config),
                config.createToken(),
                CallThrottle.limits(config));
    }

    static Path tokenFile(BundleContext context, SecurityConfig config) {
        return config.tokenFile().isBlank() ? data(context).resolve("etc/admin.token") : Path.of(config.tokenFile());
    }

    /** @param create whether the token is made when it is missing */
    GateFilter(GateSettings settings, Path tokenFile, boolean create, RequestLimits limits) throws IOException {
        this.throttle = new CallThrottle(limits, () -> Optional.ofNullable(metrics));
        this.adminToken = AdminToken.in(tokenFile, create);
        this.policy = new AccessPolicy(
                new HostNames(settings.boundTo(), settings.hostNames()),
                new GuardedPaths(settings.guardedPaths(), settings.guardedChanges()),
                new Identification(
                        settings.requireToken(),
                        settings.anonymousRole(),
                        "etc/%s of the server's data directory".formatted(tokenFile.getFileName()),
                        this::whoKnows),
                settings.alertsSecret().map(reference -> new AlertsSecret(reference.strip(), this::secretSources)),
                this::allows);
        warn(settings);
    }

    private void warn(GateSettings settings) {
        if (policy.isOpen()) {
            LOG.warn(
                    "authentication is off: whoever reaches {} has the role {}; requireToken=true of the PID {} turns it on",
                    settings.boundTo().isBlank() ? "this server" : settings.boundTo(),
                    settings.anonymousRole(),
                    PID);
        }
    }

    private static String role(String word) {
        return Role.ofWord(word)
                .map(Role::word)
                .orElseThrow(() -> new IllegalArgumentException("anonymousRole is '%s', expected one of %s"
                        .formatted(
                                word,
                                Arrays.stream(Role.values()).map(Role::word).toList())));
    }

    /** While nobody knows what was granted, only roles that the caller brings count. */
    private boolean allows(Principal who, Verb verb, String kind) {
        CallContext call = CallContext.from(
                who.name(), new Remote("", Map.of("", who.roles()), who.groups(), who.credential()), "");
        return Optional.ofNullable(permissions)
                .map(present -> present.allow(call, verb, ResourceRef.all(kind)))
                .orElseGet(() -> who.roles().contains(AdminToken.ROLE)
                        || (kind.equals("server") && who.roles().contains(Role.OPERATOR.word())));
    }

    @Override
    public List<String> guardedChanges() {
        return policy.guardedChanges();
    }

    @Override
    public boolean administers(Principal who) {
        return policy.administers(who);
    }

    /**
     * @param boundTo address that the server listens on, "" for all
     * @param guardedPaths paths for administrators
     * @param guardedChanges paths that need credentials for changes
     * @param anonymousRole role of a caller without credentials where none are needed
     */
    record GateSettings(
            String boundTo,
            List<String> hostNames,
            List<String> guardedPaths,
            List<String> guardedChanges,
            boolean requireToken,
            String anonymousRole,
            Optional<String> alertsSecret) {}

    @Override
    public GateDecision check(GatedRequest call) {
        return policy.check(call);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest call = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        String correlationId = CorrelationId.from(call.getHeader(CorrelationId.HEADER));
        call.setAttribute(CorrelationId.ATTRIBUTE, correlationId);
        answer.setHeader(CorrelationId.HEADER, correlationId);
        MDC.put(CorrelationId.MDC_KEY, correlationId);
        try (RequestSpan span = new RequestSpan(Optional.ofNullable(tracing), call, answer)) {
            GateDecision gateDecision = verdictOf(call);
            CallThrottle.ThrottledCall judged = throttle.judge(gateDecision, call);
            if (judged.denied().isPresent()) {
                accessAudit.throttled(principalOf(gateDecision), call, correlationId);
                refuse(judged.denied().get(), call, answer, correlationId);
            } else if (gateDecision instanceof Denied denied) {
                accessAudit.refused(denied.status(), call, correlationId);
                refuse(denied, call, answer, correlationId);
            } else if (gateDecision instanceof Allowed allowed) {
                accessAudit.admitted(allowed.principal().name(), call, correlationId);
                call.setAttribute(
                        CallContext.PROPERTY,
                        CallContext.from(allowed.principal().name(), remote(allowed.principal(), call), correlationId)
                                .traced(span.traceParent()));
                chain.doFilter(judged.request(), response);
            }
        } finally {
            MDC.remove(CorrelationId.MDC_KEY);
        }
    }

    private static String principalOf(GateDecision decision) {
        return decision instanceof Allowed allowed ? allowed.principal().name() : AccessPolicy.ANONYMOUS;
    }

    private static Remote remote(Principal who, HttpServletRequest call) {
        return new Remote(call.getRemoteAddr(), Map.of("", who.roles()), who.groups(), who.credential());
    }

    private static void refuse(Denied denied, HttpServletRequest call, HttpServletResponse answer, String correlationId)
            throws IOException {
        byte[] body = new ProblemDetails(denied.status(), denied.detail()).bytes(call.getRequestURI(), correlationId);
        answer.setStatus(denied.status());
        denied.headers().forEach(answer::setHeader);
        answer.setContentType(ProblemDetails.MEDIA_TYPE);
        answer.setContentLength(body.length);
        answer.getOutputStream().write(body);
    }

    /** Ambiguous input is refused, because the handler of the call might interpret it differently. */
    private GateDecision verdictOf(HttpServletRequest call) {
        Optional<String> repeated = JUDGED_HEADERS.stream()
                .filter(name -> Collections.list(call.getHeaders(name)).size() > 1)
                .findFirst();
        if (repeated.isPresent()) {
            return new Denied(400, "The header %s occurs more than once".formatted(repeated.get()), Map.of());
        }
        try {
            return check(callOf(call, RequestPath.decoded(call.getRequestURI())));
        } catch (RequestPath.Ambiguous ambiguous) {
            return new Denied(400, "The path can be read in more than one way: " + ambiguous.getMessage(), Map.of());
        }
    }

    private static GatedRequest callOf(HttpServletRequest request, String path) {
        Map<String, String> headers = new LinkedHashMap<>();
        Collections.list(request.getHeaderNames())
                .forEach(name -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), request.getHeader(name)));
        if (request.isSecure()) {
            headers.computeIfPresent("cookie", (name, cookies) -> SessionCookie.withoutPlain(cookies));
        }
        return new GatedRequest(request.getMethod(), path, headers, request.getRemoteAddr(), certificatesOf(request));
    }

    /** Those of the client, as the servlet container verified them. */
    private static List<X509Certificate> certificatesOf(HttpServletRequest request) {
        return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain ? List.of(chain) : List.of();
    }

    private List<Authenticator> whoKnows() {
        return Stream.concat(Stream.of(adminToken, certificates), authenticators.stream())
                .toList();
    }

    private List<SecretSource> secretSources() {
        return List.copyOf(secretSources);
    }

    private static Path data(BundleContext context) {
        return property(context, "smo.data")
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".smo", "data"));
    }

    private static Optional<String> property(BundleContext context, String name) {
        return Optional.ofNullable(context.getProperty(name)).filter(value -> !value.isBlank());
    }
}
