// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.quota;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import eu.nephele.smo.api.runtime.CallContext;
import eu.nephele.smo.api.runtime.ResourceRef;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Verb;
import eu.nephele.smo.core.contract.access.AccessControl;
import eu.nephele.smo.core.contract.access.Authorizer;
import eu.nephele.smo.core.contract.access.InstalledAccess;
import eu.nephele.smo.core.contract.quota.OpenStreams;
import eu.nephele.smo.core.contract.quota.ProjectLimits;
import eu.nephele.smo.core.contract.quota.QuotaListener;
import eu.nephele.smo.core.contract.quota.QuotaMember;
import eu.nephele.smo.core.contract.quota.QuotaReport;
import eu.nephele.smo.core.contract.quota.QuotaService;
import eu.nephele.smo.core.contract.quota.QuotaUse;
import eu.nephele.smo.core.contract.store.GraphStore;
import eu.nephele.smo.core.contract.store.QuotaStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Quotas behind an authorization check. A quota is a resource of its project: who may read those sees it; only who
 * administers everything may change it, since nobody gives themselves more.
 */
@Component(
        service = {QuotaService.class, ProjectLimits.class},
        configurationPid = "eu.nephele.smo.core.quota")
@Designate(ocd = QuotaConfig.class)
public final class AuthorizedQuotaService implements QuotaService, ProjectLimits {

    private static final Logger LOG = LoggerFactory.getLogger(AuthorizedQuotaService.class);
    private static final String KIND = "quota";

    private final QuotaStore quotas;
    private final GraphStore graphs;
    private final AccessControl access;
    private final Authorizer authorizer;

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, policyOption = GREEDY)
    private volatile List<QuotaListener> listeners = List.of();

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable OpenStreams streams;

    @Activate
    public AuthorizedQuotaService(
            BundleContext context, QuotaConfig config, @Reference QuotaStore quotas, @Reference GraphStore graphs) {
        this(quotas, graphs, QuotaRules.usual(config.defaults()), new InstalledAccess(context));
    }

    /**
     * For programs that embed the core.
     *
     * @param usual what counts for projects without a quota of their own
     */
    public AuthorizedQuotaService(
            QuotaStore quotas, GraphStore graphs, Map<QuotaMember, Long> usual, AccessControl access) {
        this.quotas = quotas;
        this.graphs = graphs;
        this.access = access;
        this.authorizer = access.authorizer("The quota service");
        quotas.usual(usual);
    }

    /** Told of changes from now on, beside the services of that name; for programs without OSGi. */
    public void tell(QuotaListener listener) {
        listeners = List.of(listener);
    }

    @Deactivate
    void close() {
        authorizer.end();
        access.close();
    }

    private static ResourceRef ref(String project) {
        return new ResourceRef(KIND, project, project);
    }

    @Override
    public List<QuotaReport> list(CallContext call) {
        List<String> seen = authorizer.list(call, AuthorizedQuotaService::ref, () -> {
            TreeSet<String> projects = new TreeSet<>(quotas.all().keySet());
            projects.addAll(graphs.projects().keySet());
            return List.copyOf(projects);
        });
        return seen.stream().map(this::report).toList();
    }

    @Override
    public QuotaReport find(String project, CallContext call) {
        return authorizer.read(call, ref(project), () -> report(project));
    }

    @Override
    public QuotaReport put(String project, Map<String, Long> limits, CallContext call) {
        return authorizer.change(call, Verb.UPDATE, ref(project), "set", () -> {
            SortedMap<QuotaMember, Long> checked = QuotaRules.checked(project, limits);
            quotas.put(project, checked);
            LOG.info(
                    "quota set project={} limits={} by={}",
                    project,
                    checked,
                    call.origin().principal());
            changed(project);
            return report(project);
        });
    }

    @Override
    public QuotaReport remove(String project, CallContext call) {
        return authorizer.change(call, Verb.DELETE, ref(project), "remove", () -> {
            if (!quotas.remove(project)) {
                throw SmoException.notFound(
                        "Project %s has no quota of its own; the usual one counts".formatted(project));
            }
            LOG.info("quota removed project={} by={}", project, call.origin().principal());
            changed(project);
            return report(project);
        });
    }

    private void changed(String project) {
        listeners.forEach(listener -> listener.quotaChanged(project));
    }

    private QuotaReport report(String project) {
        Map<QuotaMember, Long> limits = quotas.limits(project);
        Map<QuotaMember, Long> used = new HashMap<>(quotas.used(project));
        OpenStreams present = streams;
        used.put(QuotaMember.STREAMS, present == null ? 0 : present.openOf(project));
        SortedMap<QuotaMember, QuotaUse> members = new TreeMap<>();
        used.forEach((member, amount) -> members.put(member, use(amount, limits.get(member))));
        limits.forEach((member, limit) -> members.putIfAbsent(member, use(0, limit)));
        return new QuotaReport(project, quotas.all().containsKey(project), members);
    }

    private static QuotaUse use(long used, @Nullable Long limit) {
        return new QuotaUse(used, limit == null ? OptionalLong.empty() : OptionalLong.of(limit));
    }

    @Override
    public OptionalLong limit(String project, QuotaMember member) {
        Long limit = quotas.limits(project).get(member);
        return limit == null ? OptionalLong.empty() : OptionalLong.of(limit);
    }
}
