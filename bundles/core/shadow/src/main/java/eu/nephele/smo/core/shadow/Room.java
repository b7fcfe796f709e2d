// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.shadow;

import eu.nephele.smo.core.contract.decision.DecisionTrials;
import eu.nephele.smo.core.contract.decision.ObjectivePricing;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.decision.StrategyControl;

/** What decides, prices and knows what is installed. */
record Room(DecisionTrials trials, ObjectivePricing pricing, StrategyCatalog catalog, StrategyControl control) {}
