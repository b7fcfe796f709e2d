// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.infrastructure;

import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.runtime.SmoException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps failures of reads from providers to answers of the REST API. */
final class ProviderFaultMapper {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderFaultMapper.class);

    private ProviderFaultMapper() {}

    static ErrorBody toFault(String provider, Throwable failure) {
        if (failure instanceof AdapterException outside) {
            LOG.debug("provider failed provider={}", provider, outside);
            return new ErrorBody(kind(outside), outside.system(), outside.getMessage(), outside.retryAfter());
        }
        LOG.error("provider failed unexpectedly provider={}", provider, failure);
        return new ErrorBody(
                SmoException.Kind.UPSTREAM_FAILED,
                provider,
                "The provider %s failed unexpectedly; see the log".formatted(provider),
                Optional.empty());
    }

    private static SmoException.Kind kind(AdapterException failure) {
        return switch (failure.kind()) {
            case UNAVAILABLE -> SmoException.Kind.UNAVAILABLE;
            case TIMED_OUT -> SmoException.Kind.TIMED_OUT;
            case NOT_FOUND -> SmoException.Kind.NOT_FOUND;
            case CONFLICT -> SmoException.Kind.CONFLICT;
            case REFUSED -> SmoException.Kind.UPSTREAM_FAILED;
        };
    }
}
