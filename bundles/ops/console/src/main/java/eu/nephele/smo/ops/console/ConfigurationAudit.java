// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.port.AuditSink.AuditRecord;
import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.CallContext.Remote;
import eu.nephele.smo.core.contract.access.AuditTrail;
import eu.nephele.smo.ops.console.html.CallerReader;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records in the audit who changes a configuration in the web console. A configuration itself does not record its
 * author; the changed properties are recorded by {@code ops/configuration}.
 */
@Component(
        service = Filter.class,
        property = {
            "osgi.http.whiteboard.filter.pattern=" + ConfigurationAudit.PAGE + "*",
            "osgi.http.whiteboard.filter.name=smo-console-configurations",
            "osgi.http.whiteboard.filter.asyncSupported:Boolean=true",
            "osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=org.apache.felix.webconsole)"
        })
public final class ConfigurationAudit implements Filter {

    static final String PAGE = "/configMgr/";

    /** Without one of these parameters the page is read-only, also for a POST. */
    private static final List<String> CHANGES = List.of("apply", "unbind");

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationAudit.class);

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable AuditTrail audit;

    @Activate
    public ConfigurationAudit() {}

    ConfigurationAudit(AuditTrail audit) {
        this.audit = audit;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest call = (HttpServletRequest) request;
        if (CHANGES.stream().allMatch(word -> call.getParameter(word) == null)) {
            chain.doFilter(request, response);
            return;
        }
        String outcome = "failed";
        try {
            chain.doFilter(request, response);
            boolean refused = ((HttpServletResponse) response).getStatus() >= HttpServletResponse.SC_BAD_REQUEST;
            outcome = refused ? "failed" : "accepted";
        } finally {
            record(CallerReader.from(call), pid(call), outcome);
        }
    }

    private void record(CallContext call, String pid, String outcome) {
        AuditRecord entry = new AuditRecord(
                Instant.now(),
                call.origin().principal(),
                call.remote().map(Remote::address).orElse(""),
                "configuration.send",
                "configuration/" + pid,
                outcome,
                call.origin().correlationId());
        Optional.ofNullable(audit)
                .ifPresentOrElse(
                        trail -> trail.record(entry),
                        () -> LOG.error("audit record dropped reason=\"no audit trail\" record={}", entry));
    }

    /** The PID as the page reads it. A new instance has no PID yet: its factory PID is used. */
    private static String pid(HttpServletRequest call) {
        String uri = call.getRequestURI();
        int page = uri.indexOf(PAGE);
        return Stream.of("factoryPid", "pid")
                .map(call::getParameter)
                .filter(name -> name != null && !name.isBlank())
                .findFirst()
                .orElseGet(() -> page < 0
                        ? "*"
                        : URLDecoder.decode(uri.substring(page + PAGE.length()), StandardCharsets.UTF_8));
    }
}
