// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.placement.solver;

import eu.nephele.smo.api.model.ClusterId;
import eu.nephele.smo.api.model.Placement;
import eu.nephele.smo.api.model.Placement.Share;
import eu.nephele.smo.api.model.Resources;
import eu.nephele.smo.api.placement.PlacementRequest;
import eu.nephele.smo.api.placement.PlacementResult;
import eu.nephele.smo.api.placement.PlacementResult.Infeasible;
import eu.nephele.smo.api.placement.PlacementResult.Placed;
import eu.nephele.smo.api.placement.PlacementService;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A request as an assignment problem, and the way back from an assignment to a placement. */
public final class RequestProblem {

    private final PlacementRequest request;
    private final List<RequestItem> items;
    private final ResourceTable resources;
    private final CapacityRows rows;
    private final AssignmentProblem problem;
    private final Optional<String> inexact;

    /**
     * @param items of the assignment, by their numbers there
     * @param rows its capacities
     * @param inexact for people: why what is found out about the problem is no proof for the request; empty if it is
     */
    RequestProblem(
            PlacementRequest request,
            List<RequestItem> items,
            ResourceTable resources,
            CapacityRows rows,
            AssignmentProblem problem,
            Optional<String> inexact) {
        this.request = request;
        this.items = List.copyOf(items);
        this.resources = resources;
        this.rows = rows;
        this.problem = problem;
        this.inexact = inexact;
    }

    /** Converts the request to plain numbers; replicas are divided in proportion, as far as each service alone can be. */
    public static RequestProblem from(PlacementRequest request) {
        return new RequestReader(request, false).read();
    }

    /**
     * Solves the request. If nothing fits, and replicas are divided, the search is repeated with other divisions. If that fails, too, the
     * rest of the work goes into what would make it fit.
     *
     * @param work what is left of it limits the search for a change
     * @param search finds a placement, or why there is none
     */
    public static PlacementResult solve(
            PlacementRequest request, WorkBudget work, Function<RequestProblem, PlacementResult> search) {
        PlacementResult result = solve(request, search);
        return result instanceof Infeasible infeasible
                        && infeasible.counterfactual().isEmpty()
                ? new Infeasible(
                        infeasible.reasons(),
                        new CounterfactualSearch(request, work).find().map(Counterfactual::text))
                : result;
    }

    /** The same for a rule that decides at once: what would make it fit is not looked for. */
    public static PlacementResult solve(PlacementRequest request, Function<RequestProblem, PlacementResult> rule) {
        return solve(request, rule, RequestReader::read);
    }

    /** The same without any costs, for rules that look at none: no search for the cheapest uses it. */
    public static PlacementResult solveWithoutCosts(
            PlacementRequest request, Function<RequestProblem, PlacementResult> rule) {
        return solve(request, rule, RequestReader::readConstraints);
    }

    private static PlacementResult solve(
            PlacementRequest request,
            Function<RequestProblem, PlacementResult> search,
            Function<RequestReader, RequestProblem> reading) {
        RequestProblem first = reading.apply(new RequestReader(request, false));
        PlacementResult result = search.apply(first);
        boolean divided = request.services().stream().anyMatch(PlacementService::isDivided);
        if (!divided || result instanceof Placed) {
            return result;
        }
        RequestProblem second = reading.apply(new RequestReader(request, true));
        return second.items.equals(first.items) ? result : search.apply(second);
    }

    public PlacementRequest request() {
        return request;
    }

    List<RequestItem> items() {
        return items;
    }

    /** Returns the services of an item, as indexes of the request: several that must be together, or one, with all or a share of its replicas. */
    public List<Integer> services(int item) {
        return items.get(item).services();
    }

    /** Returns what an item asks for. */
    public Resources demand(int item) {
        return resources.demandOf[item];
    }

    public AssignmentProblem problem() {
        return problem;
    }

    /** Amounts of all resources. */
    ResourceTable resources() {
        return resources;
    }

    /** Capacities of the problem, with the names of the resources. */
    CapacityRows rows() {
        return rows;
    }

    Optional<String> inexact() {
        return inexact;
    }

    /** The same with levels of a strategy's own that count before those of the request. */
    public RequestProblem preferring(List<PreferredLevel> levels) {
        AssignmentProblem preferring = problem.minimising(problem.objective.after(levels));
        return new RequestProblem(request, items, resources, rows, preferring, inexact);
    }

    /** The same with items on some of the clusters only. */
    public RequestProblem onlyOn(boolean[] usable) {
        return new RequestProblem(request, items, resources, rows, problem.onlyOn(usable), inexact);
    }

    /** Returns the items, the one with the largest share of all free capacity first, else as written. */
    public int[] largestFirst() {
        double[] sizes = resources.sizes();
        return IntStream.range(0, problem.items)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer item) -> -sizes[item]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Returns the items in the order of their first services. */
    public int[] asWritten() {
        return IntStream.range(0, problem.items).toArray();
    }

    /** Returns the reason, for people, for which the services cannot even be alone on the cluster together; "" if they can. */
    public String obstacleAlone(List<Integer> services, int cluster) {
        return InfeasibilityReasons.alone(request, RequestItem.whole(services), cluster);
    }

    /** @param at cluster by item */
    public Placement placement(int[] at) {
        return placement(request, items, at);
    }

    static Placement placement(PlacementRequest request, List<RequestItem> items, int[] at) {
        Map<String, List<Share>> shares = new LinkedHashMap<>();
        request.services().forEach(service -> shares.put(service.id(), new ArrayList<>()));
        for (int item = 0; item < at.length; item++) {
            ClusterId cluster = request.clusters().get(at[item]).id();
            for (int s : items.get(item).services()) {
                PlacementService service = request.services().get(s);
                shares.computeIfAbsent(service.id(), any -> new ArrayList<>())
                        .add(new Share(cluster, items.get(item).replicas(service.replicas())));
            }
        }
        return new Placement(shares);
    }

    /**
     * @param stuck an item that found no cluster, where each has one when it is alone
     * @param otherwise reason for a cluster on which a service fits when it is alone
     */
    public Infeasible infeasible(int stuck, String otherwise, Optional<String> counterfactual) {
        return new Infeasible(InfeasibilityReasons.reasons(this, stuck, otherwise), counterfactual);
    }
}
