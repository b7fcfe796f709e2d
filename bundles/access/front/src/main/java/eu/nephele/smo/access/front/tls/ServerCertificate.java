// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.front.tls;

import eu.nephele.smo.api.port.SecretSource;
import eu.nephele.smo.core.contract.measure.Metric;
import eu.nephele.smo.core.contract.measure.MetricType;
import eu.nephele.smo.core.contract.measure.MetricsRecorder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of the server. Its files are looked at again and again; what cannot be used leaves the former one in
 * place, and is tried again, because a file may be written before the other one.
 */
@Metric(
        value = "smo_access_tls_remaining_seconds",
        type = MetricType.GAUGE,
        unit = "seconds",
        meaning = "Time until the served certificate ends, negative afterwards. With TLS only")
@Metric(
        value = "smo_access_tls_reloads_total",
        type = MetricType.COUNTER,
        unit = "reloads",
        labels = "result=taken|refused",
        meaning = "Changed files of TLS, by whether they could be used. Appears with the first change after "
                + "the start")
public final class ServerCertificate {

    private static final Logger LOG = LoggerFactory.getLogger(ServerCertificate.class);
    private static final String RELOADS = "smo_access_tls_reloads_total";
    private static final String REMAINING = "smo_access_tls_remaining_seconds";

    /** Programs renew certificates when a third of their time is left; a tenth means that none did. */
    private static final int LATE_PART = 10;

    private final TlsFiles files;
    private final Supplier<Optional<MetricsRecorder>> measurements;
    private final Clock clock;
    private volatile Optional<UsedIdentity> used = Optional.empty();
    private volatile String refusal = "";
    private Optional<MetricsRecorder> published = Optional.empty();

    private record UsedIdentity(TlsFiles.TlsFileContents contents, TlsIdentity identity) {}

    /**
     * @param secrets at the moment; they may come later than this
     * @param measurements empty while they are unavailable
     */
    public ServerCertificate(
            TlsSettings settings,
            Supplier<List<SecretSource>> secrets,
            Supplier<Optional<MetricsRecorder>> measurements,
            Clock clock) {
        this.files = new TlsFiles(settings, secrets);
        this.measurements = measurements;
        this.clock = clock;
    }

    /** Returns the context of TLS for further connections when the files have a new one that can be used. */
    public synchronized Optional<SSLContext> look() {
        publish();
        try {
            TlsFiles.TlsFileContents contents = files.read();
            if (used.filter(former -> former.contents().isSame(contents)).isPresent()) {
                refusal = "";
                return Optional.empty();
            }
            TlsIdentity identity = files.identity(contents);
            SSLContext context = identity.context();
            Optional<String> invalid = identity.invalid(clock.instant());
            if (invalid.isPresent() && used.isPresent()) {
                throw new UnusableCertificateException(invalid.get());
            }
            use(new UsedIdentity(contents, identity), invalid);
            return Optional.of(context);
        } catch (UnusableCertificateException unusable) {
            refuse(Optional.ofNullable(unusable.getMessage()).orElse(""));
            return Optional.empty();
        }
    }

    /** Whether any certificate could be used so far. */
    public boolean isPresent() {
        return used.isPresent();
    }

    /** One sentence for each present warning. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (!refusal.isEmpty()) {
            warnings.add(isPresent() ? "The former certificate stays: " + refusal : "The port is closed: " + refusal);
        }
        used.map(UsedIdentity::identity).ifPresent(identity -> {
            Instant begin = identity.certificate().getNotBefore().toInstant();
            Duration late = Duration.between(begin, identity.end()).dividedBy(LATE_PART);
            if (clock.instant().isAfter(identity.end().minus(late))) {
                warnings.add("The certificate ends on " + identity.end());
            }
        });
        return warnings;
    }

    private void use(UsedIdentity fresh, Optional<String> invalid) {
        used = Optional.of(fresh);
        refusal = "";
        TlsIdentity identity = fresh.identity();
        LOG.info(
                "certificate taken subject=\"{}\" serial={} end={}",
                identity.certificate().getSubjectX500Principal(),
                identity.certificate().getSerialNumber().toString(16),
                identity.end());
        invalid.ifPresent(why -> LOG.warn("certificate served although no client will accept it reason=\"{}\"", why));
        count("taken");
    }

    /** Once for each reason: the files are looked at every few seconds. */
    private void refuse(String why) {
        if (!refusal.equals(why)) {
            refusal = why;
            LOG.warn("certificate refused served={} reason=\"{}\"", isPresent() ? "the former one" : "none", why);
            count("refused");
        }
    }

    private void count(String result) {
        measurements.get().ifPresent(metrics -> metrics.count(RELOADS, Map.of("result", result)));
    }

    /** Measurements come and go; a gauge is told to each of them once. */
    private void publish() {
        Optional<MetricsRecorder> present = measurements.get();
        if (!present.equals(published) && isPresent()) {
            published = present;
            present.ifPresent(metrics -> metrics.gauge(REMAINING, Map.of(), this, ServerCertificate::remainingSeconds));
        }
    }

    private double remainingSeconds() {
        return used.map(one -> (double)
                        Duration.between(clock.instant(), one.identity().end()).toSeconds())
                .orElse(Double.NaN);
    }
}
