// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.ops.console.mask;

import eu.nephele.smo.core.contract.configuration.ConfiguredSecrets;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Masks the secrets that stand in configurations in clear, in every answer of the web console: its pages show configurations, properties
 * of services and components. It is outside of the other filters, which may answer, too.
 */
@Component(
        service = Filter.class,
        property = {
            "osgi.http.whiteboard.filter.pattern=/*",
            "osgi.http.whiteboard.filter.name=smo-console-secrets",
            "osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=org.apache.felix.webconsole)",
            "service.ranking:Integer=1000"
        })
public final class MaskingFilter implements Filter {

    /** Files of the console itself; as the server has decoded and normalized the path. */
    private static final String FILES = "/res/";

    private final ConfiguredSecrets secrets;

    @Activate
    public MaskingFilter(@Reference ConfiguredSecrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest call = (HttpServletRequest) request;
        if (Optional.ofNullable(call.getPathInfo()).orElse("").startsWith(FILES)) {
            chain.doFilter(request, response);
            return;
        }
        SecretMask mask = new SecretMask(secrets.texts());
        if (mask.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        MaskedResponse masked = new MaskedResponse(call, (HttpServletResponse) response, mask);
        chain.doFilter(request, masked);
        masked.finish();
    }
}
