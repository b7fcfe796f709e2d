// Runs in the browser: draws 1,000 services on 20 clusters. window.dragged(frames) drags the picture as a mouse does, for so many frames.
const drawing = document.querySelector('smo-drawing');
const services = Array.from({ length: 1000 }, (_, index) => ({ id: `service-${index}`, clusters: [`cluster-${index % 20}`], state: 'DEPLOYED', tone: 'ok', replicas: 2 }));
const links = services.slice(1).map((service, index) => [services[Math.floor(index / 3)].id, service.id]);
// What is drawn is the work of the page; here another one takes its place, which no event replaces.
const mine = document.createElement('smo-drawing');
mine.services = services;
mine.links = links;
drawing.replaceWith(mine);
window.dragged = (wanted) => {
  const canvas = mine.querySelector('.canvas');
  const box = canvas.getBoundingClientRect();
  const mouse = (type, target, x, y) =>
    target.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, view: window, button: 0, buttons: 1, which: 1, clientX: x, clientY: y }));
  const corner = { x: box.left + 6, y: box.top + box.height - 6 };
  const where = { ...mine.drawn.pan() };
  mouse('mousedown', canvas.querySelector('canvas') ?? canvas, corner.x, corner.y);
  let frames = 0;
  const from = performance.now();
  return new Promise((resume) => {
    const step = () => {
      mouse('mousemove', window, corner.x + 60 + Math.sin(frames / 6) * 50, corner.y - 60 + Math.cos(frames / 6) * 50);
      frames += 1;
      if (frames < wanted) {
        requestAnimationFrame(step);
        return;
      }
      const passed = performance.now() - from;
      mouse('mouseup', window, corner.x, corner.y);
      const moved = Math.abs(mine.drawn.pan().x - where.x) + Math.abs(mine.drawn.pan().y - where.y);
      resume({ moved, nodes: mine.drawn.nodes('[service]').length, framesPerSecond: (1000 * frames) / passed });
    };
    requestAnimationFrame(step);
  });
};
return mine.updateComplete
  .then(() => new Promise((resume) => {
    const wait = () => (mine.drawn ? resume() : setTimeout(wait, 20));
    wait();
  }))
  // The first frames make the picture that is moved then.
  .then(() => window.dragged(arguments[0]));
