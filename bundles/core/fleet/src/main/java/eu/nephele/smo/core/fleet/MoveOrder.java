// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Orders moves so that each fits beside everything that is there when it begins: its old and its new places both count until it is
 * done.
 */
final class MoveOrder {

    private MoveOrder() {}

    /**
     * Carries out moves in such an order, those that come first in the list as soon as they fit.
     *
     * @param step told of each move right before it is carried out
     * @return moves for which there is no place in the order
     */
    static List<FleetMove> carryOut(FleetState state, List<FleetMove> moves, Consumer<FleetMove> step) {
        List<FleetMove> blocked = new ArrayList<>(moves);
        boolean progress = true;
        while (progress) {
            progress = blocked.removeIf(move -> {
                boolean fits = state.fits(move);
                if (fits) {
                    step.accept(move);
                    state.carryOut(move);
                }
                return fits;
            });
        }
        return blocked;
    }
}
