import { Configuration, DecisionsApi, GraphsApi, ProblemFromJSON, ResponseError } from './smo-client';
import type { DescriptorBody, Operation, OperationOrGraph, Problem } from './smo-client';

export interface Deployed {
  operation: string;
  state: string;
  phase: string;
  updatedAt: number;
  services: Record<string, { cluster: string | undefined; because: string[] }>;
}

/** The clients of one server. */
export class Smo {
  private readonly graphs: GraphsApi;
  private readonly decisions: DecisionsApi;

  constructor(url: string, token: string) {
    const configuration = new Configuration({ basePath: url, accessToken: token });
    this.graphs = new GraphsApi(configuration);
    this.decisions = new DecisionsApi(configuration);
  }

  /** Deploys a graph and says where its services are and why. */
  async deploy(project: string, descriptor: DescriptorBody): Promise<Deployed> {
    const operation = ended(await this.graphs.deploy({ project, deployBody: descriptor, wait: 60 }));
    const graph = await this.graphs.getGraph({ project, graph: descriptor.hdaGraph.id });
    const services: Deployed['services'] = {};
    for (const service of graph.services) {
      const why = await this.decisions.explainService({ project, graph: graph.name, service: service.name });
      services[service.name] = { cluster: why.cluster, because: why.text };
    }
    return { operation: operation.id, state: operation.state, phase: graph.phase, updatedAt: graph.updatedAt.getTime() / 1000, services };
  }

  async remove(project: string, graph: string): Promise<{ operation: string; state: string }> {
    const operation = await this.graphs.removeGraph({ project, graph, wait: 60 });
    return { operation: operation.id, state: operation.state };
  }
}

function ended(answer: OperationOrGraph): Operation {
  if ('steps' in answer) {
    return answer;
  }
  throw new Error(`The operation of graph ${answer.name} is not kept any more`);
}

/** What the server has said against a call; an error of another kind is thrown again. */
export async function problem(refused: unknown): Promise<Problem> {
  if (refused instanceof ResponseError) {
    return ProblemFromJSON(await refused.response.json());
  }
  throw refused;
}
