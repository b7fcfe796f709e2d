// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.adapters.prometheus;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.adapters.prometheus.query.PrometheusApi;
import eu.nephele.smo.adapters.prometheus.query.PrometheusMetrics;
import eu.nephele.smo.adapters.prometheus.query.QuerySettings;
import eu.nephele.smo.adapters.prometheus.rules.RuleClients;
import eu.nephele.smo.adapters.prometheus.rules.RuleCluster;
import eu.nephele.smo.adapters.prometheus.rules.RuleFiles;
import eu.nephele.smo.adapters.prometheus.rules.RuleFolder;
import eu.nephele.smo.adapters.prometheus.rules.RuleObjects;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.AlertRules;
import eu.nephele.smo.api.port.MetricsSource;
import eu.nephele.smo.api.port.OwnerFence;
import eu.nephele.smo.api.port.http.HttpSystem;
import eu.nephele.smo.api.port.http.HttpSystems;
import eu.nephele.smo.api.runtime.Tenure;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Prometheus. Its ports are registered in code: its configuration decides whether it accepts alert rules. */
@Component(
        service = {},
        immediate = true,
        configurationPid = "eu.nephele.smo.adapters.prometheus",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Capability(
        namespace = "osgi.service",
        attribute =
                "objectClass:List<String>=\"eu.nephele.smo.api.port.MetricsSource,eu.nephele.smo.api.port.AlertRules\"",
        effective = "active")
@Designate(ocd = PrometheusConfig.class, factory = true)
public final class PrometheusAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(PrometheusAdapter.class);

    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private final OwnerFence fence;
    private final HttpSystem http;
    private final Optional<RuleCluster> cluster;

    /** @throws IllegalArgumentException if a value is invalid; the message names its key */
    @Activate
    public PrometheusAdapter(BundleContext context, @Reference HttpSystems systems, PrometheusConfig config) {
        PrometheusSettings settings = new PrometheusSettings(config);
        QuerySettings queries = settings.queries();
        fence = new OwnerFence(config.rules().equals("objects") ? objects(settings) : files(settings));
        cluster = config.rules().equals("objects") ? Optional.of(cluster(context, settings, config)) : Optional.empty();
        http = systems.open(settings.http());
        try {
            PrometheusApi prometheus = new PrometheusApi(http, settings.system());
            Optional<AlertRules> rules = rules(settings, config, prometheus);
            PrometheusMetrics metrics = new PrometheusMetrics(prometheus, queries, InstantSource.system());
            register(context, MetricsSource.class, metrics, settings.system(), config);
            String ruleSystem = cluster.map(any -> objects(settings)).orElse(settings.system());
            rules.ifPresent(made -> register(context, AlertRules.class, made, ruleSystem, config));
        } catch (RuntimeException wrong) {
            http.close();
            throw wrong;
        }
        LOG.info("prometheus configured system={} url={} rules={}", settings.system(), config.url(), config.rules());
    }

    private static RuleCluster cluster(BundleContext context, PrometheusSettings settings, PrometheusConfig config) {
        RuleClients clients = new RuleClients(
                objects(settings),
                settings.kubeconfig(),
                PrometheusSettings.text(config.context()),
                settings.connectTimeout(),
                settings.timeout(),
                settings.maxAnswerBytes(),
                new DynamicSecrets(context));
        return new RuleCluster(objects(settings), settings.namespace(), clients);
    }

    private Optional<AlertRules> rules(PrometheusSettings settings, PrometheusConfig config, PrometheusApi prometheus) {
        return switch (config.rules()) {
            case "none" -> Optional.empty();
            case "files" ->
                Optional.of(new RuleFiles(
                        new RuleFolder(settings.rulesFolder(), files(settings)),
                        prometheus,
                        settings.severity(),
                        fence));
            case "objects" ->
                cluster.map(of -> new RuleObjects(
                        of,
                        prometheus,
                        new RuleObjects.ObjectNaming(
                                settings.objectName(), settings.objectLabels(), settings.severity()),
                        fence));
            default -> throw PrometheusSettings.wrong("rules", config.rules() + ", expected none, objects or files");
        };
    }

    /** The API server is another system than Prometheus: each may be unavailable without the other. */
    private static String objects(PrometheusSettings settings) {
        return settings.system() + "-rules";
    }

    /** A read-only folder is no failure of Prometheus, which still answers queries. */
    private static String files(PrometheusSettings settings) {
        return settings.system() + "-files";
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void bindTenure(Tenure tenure) {
        fence.begin(tenure);
    }

    void unbindTenure(Tenure over) {
        LOG.debug("tenure ended epoch={}; no rules are written until the next one", over.epoch());
    }

    @Deactivate
    void end() {
        registrations.forEach(ServiceRegistration::unregister);
        http.close();
        cluster.ifPresent(RuleCluster::close);
    }

    private <T> void register(BundleContext context, Class<T> type, T service, String system, PrometheusConfig config) {
        Map<String, Object> properties =
                Map.of(AdapterException.SYSTEM, system, Constants.SERVICE_RANKING, config.service_ranking());
        registrations.add(context.registerService(type, service, FrameworkUtil.asDictionary(properties)));
    }
}
