// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.engine.context;

import eu.nephele.smo.core.contract.decision.IntentTranslator;
import eu.nephele.smo.core.contract.decision.Journal;
import eu.nephele.smo.core.contract.decision.PlacementDecider;
import eu.nephele.smo.core.contract.decision.ScalingDecider;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;

/**
 * The rooms that the engine calls.
 *
 * @param memory what it remembers
 */
public record Rooms(
        Memory memory,
        DescriptorReader reader,
        IntentTranslator translator,
        PlacementDecider placement,
        ScalingDecider scaling,
        Journal journal) {}
